import { actorOf, hasRole, type OfficeHandlers, type Person } from '../accounts/person.ts'
import { recordAudit } from '../audit/audit.store.ts'
import { assertNever } from '../../contract/assert-never.ts'
import type { Decision } from '../../contract/office/applications.ts'
import type { ApplicationView } from '../../contract/join/application-view.ts'
import type { Sql } from '../db/pool.ts'
import { appendix1Pdf } from '../documents/appendix1.ts'
import { RequestProblem } from '../http/problem.ts'
import { enqueueMail } from '../mail/mail.store.ts'
import type { Mail } from '../mail/mail.ts'
import { appendix1Of } from './appendix1.ts'
import { step, type ApplicationEvent } from './application.ts'
import { readStoredFile } from './files.store.ts'
import { linkTo, type ApplicationParts } from './applications.handlers.ts'
import { addSecret, newSecret } from './secrets.store.ts'
import { movedOn, moveApplication, type Move } from './applications.store.ts'
import { applicationsPage, applicationView, countApplications, officeApplication, type Branches } from './desk.store.ts'

interface DeskParts extends ApplicationParts {
  readonly operatorEmail: string | undefined
}

type Desk =
  | 'applications'
  | 'applicationCounts'
  | 'application'
  | 'decideApplication'
  | 'sendApplicationBack'
  | 'applicationPaper'
  | 'applicationFile'
type OfficeApplication = NonNullable<Awaited<ReturnType<typeof officeApplication>>>

/** A Coordinator sees its branch, the Operator and the auditor all. */
function branchesOf(person: Person): Branches {
  if (hasRole(person, 'operator') || hasRole(person, 'auditor')) return undefined
  return coordinates(person)
}
const coordinates = (person: Person) =>
  person.grants.flatMap((grant) => (grant.role === 'coordinator' ? [grant.branch] : []))

/** The office's side of applications. */
export function deskHandlers(parts: DeskParts): Pick<OfficeHandlers, Desk> {
  const { sql, clock, files } = parts
  const seen = async (person: Person, id: number): Promise<OfficeApplication> => {
    const found = await officeApplication(sql, id, branchesOf(person))
    if (!found) throw new RequestProblem('not-found')
    return found
  }
  return {
    applications: ({ query, person }) => applicationsPage(sql, { query, branches: branchesOf(person), now: clock() }),
    applicationCounts: ({ person }) => countApplications(sql, branchesOf(person), clock()),
    application: async ({ params: { id }, person }) => applicationView(sql, await seen(person, id), clock()),

    decideApplication: ({ params: { id }, body, person }) =>
      decided(parts, {
        id,
        version: body.version,
        branches: coordinates(person),
        person,
        event: eventOf(body, person),
      }),

    sendApplicationBack: ({ params: { id }, body: { version, words }, person }) =>
      decided(parts, {
        id,
        version,
        branches: undefined,
        person,
        event: { kind: 'send-back', by: byOf(person), words },
      }),

    applicationPaper: async ({ params: { id }, person }) => {
      const { reference, form } = await seen(person, id)
      return {
        type: 'application/pdf',
        name: `Заявление ${reference}.pdf`,
        bytes: await appendix1Pdf(appendix1Of(form)),
      }
    },

    applicationFile: async ({ params: { id, file }, person }) => {
      await seen(person, id)
      const found = await readStoredFile(sql, files, { applicationId: id, id: file })
      if (!found) throw new RequestProblem('not-found')
      await sql.transaction().execute((tx) =>
        recordAudit(tx, {
          actor: actorOf(person, 'coordinator', 'operator'),
          action: 'application.read-file',
          object: { kind: 'application', id },
          detail: { file },
        }),
      )
      return found
    },
  }
}

const byOf = ({ accountId, name }: Person) => ({ account: accountId, name })

function eventOf(decision: Decision, person: Person): OfficeEvent {
  const by = byOf(person)
  switch (decision.kind) {
    case 'approve':
      return { kind: 'approve', by }
    case 'reject':
      return { kind: 'reject', by, reason: decision.reason }
    case 'ask-correction':
      return { kind: 'ask-correction', by, fields: decision.fields, words: decision.words }
    default:
      return assertNever(decision)
  }
}
type OfficeEvent = Extract<ApplicationEvent, { kind: 'approve' | 'reject' | 'ask-correction' | 'send-back' }>

interface Deciding {
  readonly id: number
  readonly version: number
  readonly branches: Branches
  readonly person: Person
  readonly event: OfficeEvent
}

/** The row is locked while it is decided: of two at once the second sees what the first did. */
function decided(parts: DeskParts, { id, version, branches, person, event }: Deciding): Promise<ApplicationView> {
  const { sql, clock } = parts
  return sql.transaction().execute(async (tx) => {
    const known = await officeApplication(tx, id, branches, { lock: true })
    if (!known) throw new RequestProblem('not-found')
    const now = clock()
    const state = known.version === version ? step(known.state, event, now) : undefined
    if (!state) throw movedOn(known.state, 'office')
    await moveApplication(tx, known, { state, at: now, entry: entryOf(event) })
    for (const mail of await mailsOf(tx, parts, known, event)) await enqueueMail(tx, mail)
    const after = await officeApplication(tx, id, branches)
    if (!after) throw new Error('an application just decided is not there')
    const view = await applicationView(tx, after, now)
    // last in the transaction: the end of the chain is everybody's
    await recordAudit(tx, {
      actor: actorOf(person, event.kind === 'send-back' ? 'operator' : 'coordinator'),
      action: `application.${event.kind}`,
      object: { kind: 'application', id },
      ...('fields' in event && { detail: { fields: event.fields } }),
    })
    return view
  })
}

function entryOf(event: OfficeEvent): Move['entry'] {
  const { name } = event.by
  switch (event.kind) {
    case 'approve':
      return { by: 'coordinator', name, event: 'approved' }
    case 'reject':
      return { by: 'coordinator', name, event: 'rejected', words: event.reason }
    case 'ask-correction':
      return { by: 'coordinator', name, event: 'correction-asked', words: event.words, fields: event.fields }
    case 'send-back':
      return { by: 'operator', name, event: 'sent-back', words: event.words }
    default:
      return assertNever(event)
  }
}

/** To the applicant what was decided, with a new link; to the Operator what is to be registered. */
async function mailsOf(
  tx: Sql,
  { publicUrl, operatorEmail, clock }: DeskParts,
  { id, reference, form, branch, locale, confirmedEmail }: OfficeApplication,
  event: OfficeEvent,
): Promise<Mail[]> {
  const about = { kind: 'application', id }
  const { organisation } = form
  const toApplicant = async (
    decision: Extract<Mail, { kind: 'application-decided' }>['values']['decision'],
  ): Promise<Mail> => {
    const secret = newSecret()
    await addSecret(tx, id, { secret, mailedTo: confirmedEmail, at: clock() })
    const values = { reference, organisation, decision, link: linkTo(publicUrl(), secret) }
    return { kind: 'application-decided', values, to: form.email, locale, about }
  }
  switch (event.kind) {
    case 'approve': {
      const link = `${publicUrl()}/office/applications/${id}`
      const values = { reference, organisation, branch, link }
      return [
        await toApplicant({ kind: 'approved' }),
        ...(operatorEmail === undefined
          ? []
          : [{ kind: 'application-forwarded', values, to: operatorEmail, locale: 'ru', about } as const]),
      ]
    }
    case 'reject':
      return [await toApplicant({ kind: 'rejected', reason: event.reason })]
    case 'ask-correction':
      return [await toApplicant({ kind: 'correction-asked', reason: event.words })]
    case 'send-back':
      // between the offices; the applicant still waits for the same thing
      return []
    default:
      return assertNever(event)
  }
}
