import type { Person } from '../../../accounts/person.ts'
import type { ApplicationForm } from '../../../contract/office/application-form.ts'
import type { Branch } from '../../../contract/office/venue-kind.ts'
import type { Sql } from '../../../db/pool.ts'
import { RequestProblem } from '../../../http/problem.ts'
import { step } from '../application.ts'
import { officeApplication } from '../desk/store.ts'
import { movedOn, moveApplication, type Application } from '../store.ts'

/** What the Operator makes a Participant of. */
export interface ApprovedApplication {
  readonly id: number
  readonly reference: string
  readonly branch: Branch
  readonly form: ApplicationForm
  /** of the mails to the applicant */
  readonly locale: 'ru' | 'en'
  /** by then it should be registered */
  readonly due: Date
}

/** Approved and not yet registered, the most urgent first. */
export async function approvedApplications(db: Sql, limit: number): Promise<ApprovedApplication[]> {
  const rows = await db
    .selectFrom('applications')
    .select('id')
    .where('state', '=', 'approved')
    .where('submitted_at', 'is not', null)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  const found = await Promise.all(rows.map(({ id }) => officeApplication(db, id, undefined)))
  return found.flatMap((one) => {
    const approved = one && approvedOf(one)
    return approved ? [approved] : []
  })
}

/**
 * The application locked until the transaction ends, so that it is registered once.
 * @throws {RequestProblem} not-found; moved-on where it is not approved (any more), and says who did what
 */
export async function applicationToRegister(tx: Sql, id: number): Promise<ApprovedApplication> {
  const found = await officeApplication(tx, id, undefined, { lock: true })
  if (!found) throw new RequestProblem('not-found')
  const approved = approvedOf(found)
  if (!approved) throw movedOn(found.state, 'office')
  return approved
}

/**
 * Ends the application: it is the Participant's from now on. Call after applicationToRegister, in its transaction; the
 * audit log and the mail with the poster are the caller's.
 */
export async function markRegistered(
  tx: Sql,
  id: number,
  { by, participant, at }: { readonly by: Person; readonly participant: number; readonly at: Date },
): Promise<void> {
  const found = await officeApplication(tx, id, undefined, { lock: true })
  if (!found) throw new RequestProblem('not-found')
  const state = step(found.state, { kind: 'register', by: { account: by.accountId, name: by.name }, participant }, at)
  if (!state) throw movedOn(found.state, 'office')
  await moveApplication(tx, found, { state, at, entry: { by: 'operator', name: by.name, event: 'registered' } })
}

type Found = Application & { readonly form: ApplicationForm; readonly branch: Branch }

function approvedOf({ id, reference, branch, form, locale, state }: Found): ApprovedApplication | undefined {
  return state.kind === 'approved' ? { id, reference, branch, form, locale, due: new Date(state.due) } : undefined
}
