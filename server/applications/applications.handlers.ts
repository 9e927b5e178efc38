import type { IncomingMessage } from 'node:http'
import type { OfficeHandlers } from '../accounts/person.ts'
import { recordAudit } from '../audit/audit.store.ts'
import type { applicationsApi } from '../../contract/office/applications.ts'
import { ApplicationForm, type ApplicationDraft } from '../../contract/join/application-form.ts'
import { ApplicationSecret, type ApplicantView } from '../../contract/join/application-view.ts'
import type { Sql, Tx } from '../db/pool.ts'
import { appendix1Pdf } from '../documents/appendix1.ts'
import { clientAddress } from '../http/client-address.ts'
import { fieldErrors, RequestProblem } from '../http/problem.ts'
import { rateLimit, type RateLimit } from '../http/rate-limit.ts'
import { enqueueMail } from '../mail/mail.store.ts'
import { appendix1Of } from './appendix1.ts'
import { applicantView } from './applicant-view.ts'
import { step, type ApplicationEvent } from './application.ts'
import { duplicatesOf } from './duplicates.store.ts'
import { filesOf } from './files.store.ts'
import { uploadHandlers } from './files.handlers.ts'
import { addSecret, endMailedSecrets, findSecret, holdSecret, newSecret } from './secrets.store.ts'
import {
  beginApplication,
  findApplication,
  movedOn,
  moveApplication,
  saveDraft,
  type Application,
} from './applications.store.ts'

export interface ApplicationParts {
  readonly sql: Sql
  readonly clock: () => Date
  readonly publicUrl: () => string
  readonly files: string
  readonly proxies: number
}

type Public =
  | 'saveApplication'
  | 'openApplication'
  | 'submitApplication'
  | 'confirmApplication'
  | 'resendConfirmation'
  | 'withdrawApplication'
  | 'applicationAppendix'
  | 'uploadScan'
  | 'applicationStatus'

/** A link in a mail confirms so long; the draft behind it stays longer. */
export const CONFIRM_MS = 7 * 24 * 3600 * 1000

/** The applicant's side: whoever has the secret has the application. */
export function applicationHandlers(
  parts: ApplicationParts,
): Pick<OfficeHandlers, Public & keyof typeof applicationsApi> {
  const { sql, clock, proxies } = parts
  // a page saves at most once a second or two; an office behind one address may have several clerks at it
  const saves = rateLimit({ uses: 240, seconds: 60 })
  // each is a row that stays for a month
  const beginnings = rateLimit({ uses: 20, seconds: 3600 })
  const looks = rateLimit({ uses: 60, seconds: 60 })
  const submissions = rateLimit({ uses: 30, seconds: 3600 })
  // nobody's mailbox is filled by somebody else's clicks
  const mails = rateLimit({ uses: 6, seconds: 3600 })
  const of = (request: IncomingMessage): string => clientAddress(request, proxies)
  /** Looked at before a body is read: whoever has no secret, or asks too often, sends nothing into memory. */
  const limited = (limit: RateLimit) => async (request: IncomingMessage) => {
    secretOf(request)
    await limit(of(request))
  }
  const begin = async (tx: Tx, request: IncomingMessage, form: ApplicationDraft): Promise<number> => {
    await beginnings(of(request))
    const at = clock()
    const id = await beginApplication(tx, form, at)
    await addSecret(tx, id, { secret: secretOf(request), mailedTo: null, at })
    return id
  }

  return {
    saveApplication: {
      before: limited(saves),
      handle: ({ exchange: { request }, body: { form } }) =>
        sql.transaction().execute(async (tx) => {
          const secret = secretOf(request)
          const known = await held(tx, secret)
          if (!known) await begin(tx, request, form)
          else {
            stepped(known, { kind: 'save' }, clock())
            await saveDraft(tx, known.id, form, clock())
          }
          return viewOf(tx, secret)
        }),
    },

    openApplication: async ({ exchange: { request } }) => {
      await looks(of(request))
      return viewOf(sql, secretOf(request))
    },

    submitApplication: {
      before: limited(submissions),
      handle: ({ exchange: { request }, body: { form, locale, knowingly } }) =>
        sql.transaction().execute(async (tx) => {
          const secret = secretOf(request)
          const at = clock()
          const known = (await held(tx, secret)) ?? (await findApplication(tx, await begin(tx, request, form)))
          if (!known) throw new Error('an application just begun is not there')
          // sent twice: by a double click, or again because the answer was lost
          if (known.state.kind !== 'draft' && known.state.kind !== 'correction' && same(known.form, form)) {
            return viewOf(tx, secret)
          }
          const confirmed = known.confirmedEmail === form.email.toLowerCase()
          const state = stepped(known, { kind: 'submit', confirmed }, at)
          const alike = await duplicatesOf(tx, form, known.id)
          if (!knowingly && alike.some(({ likeness, state: other }) => likeness === 'venue' && other !== 'rejected')) {
            throw new RequestProblem('duplicate-application', [{ field: 'venues', message: 'applied for already' }])
          }
          const event = known.state.kind === 'correction' ? 'resubmitted' : 'submitted'
          await moveApplication(tx, known, { state, at, entry: { by: 'applicant', event }, form, locale })
          if (!confirmed) {
            await mails(form.email.toLowerCase())
            await mailConfirmation(tx, parts, { ...known, form, locale })
          }
          await audit(tx, known.id, event)
          return viewOf(tx, secret)
        }),
    },

    confirmApplication: async ({ exchange: { request } }) => {
      const secret = secretOf(request)
      await looks(of(request))
      return sql.transaction().execute(async (tx) => {
        const key = await findSecret(tx, secret)
        const known = await held(tx, secret)
        if (!key || !known) throw new RequestProblem('link-outdated')
        // opened before: the same answer again
        if (known.state.kind !== 'unconfirmed') return viewOf(tx, secret)
        const email = known.form?.email.toLowerCase()
        const at = clock()
        if (email === undefined || key.mailedTo !== email || at.getTime() - key.createdAt.getTime() > CONFIRM_MS) {
          throw new RequestProblem('link-outdated')
        }
        const state = stepped(known, { kind: 'confirm' }, at)
        const entry = { by: 'applicant', event: 'confirmed' } as const
        await moveApplication(tx, known, { state, at, entry, confirmedEmail: email })
        await audit(tx, known.id, 'confirmed')
        return viewOf(tx, secret)
      })
    },

    resendConfirmation: async ({ exchange: { request } }) => {
      const secret = secretOf(request)
      await submissions(of(request))
      return sql.transaction().execute(async (tx) => {
        const known = await heldOrGone(tx, secret)
        if (known.state.kind !== 'unconfirmed' || !known.form) throw movedOn(known.state, 'applicant')
        await mails(known.form.email.toLowerCase())
        await mailConfirmation(tx, parts, { ...known, form: known.form })
        return { sent: true }
      })
    },

    withdrawApplication: async ({ exchange: { request } }) => {
      const secret = secretOf(request)
      await submissions(of(request))
      return sql.transaction().execute(async (tx) => {
        const known = await heldOrGone(tx, secret)
        // twice is once
        if (known.state.kind === 'withdrawn') return viewOf(tx, secret)
        const at = clock()
        const state = stepped(known, { kind: 'withdraw' }, at)
        await moveApplication(tx, known, { state, at, entry: { by: 'applicant', event: 'withdrawn' } })
        await audit(tx, known.id, 'withdrawn')
        return viewOf(tx, secret)
      })
    },

    applicationAppendix: async ({ exchange: { request } }) => {
      await looks(of(request))
      const { state, draft, form: submitted, reference } = await applicationBy(sql, secretOf(request))
      const typing = state.kind === 'draft' || state.kind === 'correction'
      const form = typing ? checked(draft) : (submitted ?? checked(draft))
      return {
        type: 'application/pdf',
        name: `Заявление ${reference}.pdf`,
        bytes: await appendix1Pdf(appendix1Of(form)),
      }
    },

    applicationStatus: async ({ exchange: { request }, params: { reference } }) => {
      await looks(of(request))
      const row = await sql
        .selectFrom('applications')
        .select(['reference', 'state'])
        .where('reference', '=', reference)
        .where('state', '<>', 'draft')
        .executeTakeFirst()
      if (!row) throw new RequestProblem('not-found')
      return row
    },

    ...uploadHandlers({ ...parts, secretOf, known: applicationBy, held: heldOrGone, viewOf }),
  }
}

/** @throws {RequestProblem} unauthenticated */
function secretOf(request: IncomingMessage): string {
  const [scheme, secret] = (request.headers.authorization ?? '').split(' ')
  const parsed = ApplicationSecret.safeParse(secret)
  if (scheme?.toLowerCase() !== 'bearer' || !parsed.success) {
    throw new RequestProblem('unauthenticated', [], { 'www-authenticate': 'Bearer' })
  }
  return parsed.data
}

/** The application of a secret, locked; `undefined` where the secret is new. */
async function held(tx: Sql, secret: string): Promise<Application | undefined> {
  await holdSecret(tx, secret)
  const key = await findSecret(tx, secret)
  return key && findApplication(tx, key.applicationId, { lock: true })
}

async function heldOrGone(tx: Sql, secret: string): Promise<Application> {
  const known = await held(tx, secret)
  if (!known) throw new RequestProblem('not-found')
  return known
}

async function applicationBy(db: Sql, secret: string): Promise<Application> {
  const key = await findSecret(db, secret)
  const known = key && (await findApplication(db, key.applicationId))
  if (!known) throw new RequestProblem('not-found')
  return known
}

async function viewOf(db: Sql, secret: string): Promise<ApplicantView> {
  const application = await applicationBy(db, secret)
  const { id, form } = application
  return applicantView(application, await filesOf(db, id), form ? await duplicatesOf(db, form, id) : [])
}

/** @throws {RequestProblem} moved-on */
function stepped(known: Application, event: ApplicationEvent, at: Date): Application['state'] {
  const next = step(known.state, event, at)
  if (!next) throw movedOn(known.state, 'applicant')
  return next
}

const same = (one: ApplicationForm | undefined, other: ApplicationForm): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** @throws {RequestProblem} invalid-request, with the fields that are not filled in yet */
function checked(draft: Application['draft']): ApplicationForm {
  const result = ApplicationForm.safeParse(draft)
  if (!result.success) throw new RequestProblem('invalid-request', fieldErrors(result.error))
  return result.data
}

/** The newest link is the only one that confirms. */
async function mailConfirmation(
  tx: Sql,
  { clock, publicUrl }: ApplicationParts,
  { id, reference, form, locale }: Application & { readonly form: ApplicationForm },
): Promise<void> {
  const secret = newSecret()
  const at = clock()
  await endMailedSecrets(tx, id)
  await addSecret(tx, id, { secret, mailedTo: form.email.toLowerCase(), at })
  await enqueueMail(tx, {
    kind: 'confirm-application',
    values: {
      reference,
      link: linkTo(publicUrl(), secret),
      expiresAt: new Date(at.getTime() + CONFIRM_MS).toISOString(),
    },
    to: form.email,
    locale,
    about: { kind: 'application', id },
  })
}

/** Behind the #, so that it is in no request line and no log. */
export const linkTo = (publicUrl: string, secret: string): string => `${publicUrl}/join#${secret}`

const audit = (tx: Tx, id: number, what: 'submitted' | 'resubmitted' | 'confirmed' | 'withdrawn'): Promise<void> =>
  recordAudit(tx, {
    actor: { kind: 'system' },
    action: `application.${what}`,
    object: { kind: 'application', id },
    detail: { by: 'applicant' },
  })
