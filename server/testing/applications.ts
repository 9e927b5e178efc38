import { randomBytes } from 'node:crypto'
import type { ApplicationForm } from '../../contract/join/application-form.ts'
import type { Answer } from './ask.ts'
import type { TestServer } from './test-server.ts'

/** An applicant with a browser of its own. */
export interface Applicant {
  readonly secret: string
  post(path: string, value?: unknown): Promise<Answer>
  upload(name: string, type: string, bytes: Buffer): Promise<Answer>
  /** Fills in, sends and opens the link of the mail. @returns the application's id */
  apply(form: ApplicationForm): Promise<number>
}

export function applicant(server: TestServer): Applicant {
  const secret = randomBytes(16).toString('base64url')
  const headers = (bearer: string): Record<string, string> => ({
    origin: server.url,
    'sec-fetch-site': 'same-origin',
    authorization: `Bearer ${bearer}`,
    // believed where the test's server trusts one proxy: applicants do not share their rates
    'x-forwarded-for': randomBytes(4).join('.'),
  })
  const post = (path: string, value: unknown = {}, bearer = secret): Promise<Answer> =>
    server.ask('POST', `/api/join/${path}`, { headers: headers(bearer), body: JSON.stringify(value) })
  return {
    secret,
    post: (path, value) => post(path, value),
    upload: (name, type, bytes) =>
      server.ask('POST', '/api/join/scan', {
        headers: { ...headers(secret), 'content-type': type, 'x-file-name': encodeURIComponent(name) },
        body: bytes,
      }),
    apply: async (form) => {
      const sent = await post('submit', { form, locale: 'ru', knowingly: true })
      if (sent.status !== 200) throw new Error(`submitting is answered with ${sent.status}: ${sent.text}`)
      const { values, about_id: id } = await server.db.sql
        .selectFrom('mails')
        .select(['values', 'about_id'])
        .where('kind', '=', 'confirm-application')
        .where('recipient', '=', form.email)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow()
      const confirmed = await post('confirm', {}, (values as { link: string }).link.slice(-22))
      if (confirmed.status !== 200) throw new Error(`confirming is answered with ${confirmed.status}`)
      return Number(id)
    },
  }
}
