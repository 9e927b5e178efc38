import type { Person } from '../accounts/person.ts'
import type { Sql } from '../db/pool.ts'
import { RequestProblem } from '../http/problem.ts'
import { step } from '../applications/application.ts'
import { findApplication, movedOn, moveApplication, type Application } from '../applications/applications.store.ts'

/**
 * An approved application as it was on the Operator's screen, kept from everyone else until the transaction ends.
 * @throws {RequestProblem} not-found, moved-on
 */
export async function lockApproved(
  tx: Sql,
  { id, version }: { readonly id: number; readonly version: number },
): Promise<Application> {
  const application = await findApplication(tx, id, { lock: true })
  if (!application) throw new RequestProblem('not-found')
  if (application.state.kind !== 'approved' || application.version !== version)
    throw movedOn(application.state, 'office')
  return application
}

export async function markRegistered(
  tx: Sql,
  application: Application,
  participant: number,
  { accountId, name }: Person,
  at: Date,
): Promise<void> {
  const by = { account: accountId, name }
  const state = step(application.state, { kind: 'register', by, participant }, at)
  if (!state) throw movedOn(application.state, 'office')
  await moveApplication(tx, application, { state, at, entry: { by: 'operator', name, event: 'registered' } })
}
