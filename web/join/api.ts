import { ApplicantView } from '../../contract/join/application-view.ts'
import type { ApplicationDraft } from '../../contract/join/application-form.ts'
import type { Language } from '../kit/language.ts'
import type { JoinWords } from './join-ru.ts'

/** `code` is the server's problem code; `away`: there was no answer. */
export class Refused extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

async function ask(
  path: string,
  secret: string,
  init: Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> } = {},
): Promise<Response> {
  const headers = { authorization: `Bearer ${secret}`, ...init.headers }
  const response = await fetch(`/api/join/${path}`, { ...init, headers }).catch(() => {
    throw new Refused('away')
  })
  if (response.ok) return response
  const told: unknown = await response.json().catch(() => undefined)
  const code = typeof told === 'object' && told !== null && 'code' in told ? String(told.code) : 'away'
  throw new Refused(code === 'unavailable' ? 'away' : code)
}

const view = async (response: Promise<Response>): Promise<ApplicantView> =>
  ApplicantView.parse(await (await response).json())

const json = (value: unknown) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

export const joinApi = {
  open: (secret: string) => view(ask('application', secret)),
  save: (secret: string, form: ApplicationDraft) => view(ask('save', secret, json({ form }))),
  submit: (secret: string, form: ApplicationDraft, locale: Language, knowingly: boolean) =>
    view(ask('submit', secret, json({ form, locale, knowingly }))),
  confirm: (secret: string) => view(ask('confirm', secret, { method: 'POST' })),
  resend: async (secret: string) => void (await ask('resend', secret, { method: 'POST' })),
  withdraw: (secret: string) => view(ask('withdraw', secret, { method: 'POST' })),
  paper: async (secret: string) => (await ask('appendix', secret)).blob(),
  upload: (secret: string, file: File) =>
    view(
      ask('scan', secret, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
        body: file,
      }),
    ),
  status: async (reference: string): Promise<string> => {
    const told: unknown = await (await ask(`status/${encodeURIComponent(reference)}`, '')).json()
    return typeof told === 'object' && told !== null && 'state' in told ? String(told.state) : ''
  },
}

/** What to tell of a call that failed. */
export function failureWords(thrown: unknown, { failed }: JoinWords): string {
  switch (thrown instanceof Refused ? thrown.code : '') {
    case 'away':
      return failed.away
    case 'too-many-requests':
      return failed.tooMany
    case 'link-outdated':
      return failed.outdated
    case 'not-found':
      return failed.gone
    case 'moved-on':
      return failed.moved
    case 'unsupported-file':
      return failed.file
    case 'too-many-files':
      return failed.files
    case 'body-too-large':
      return failed.large
    default:
      return failed.other
  }
}
