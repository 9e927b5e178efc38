import type { ApplicationForm } from '../../contract/join/application-form.ts'
import type { Registration } from '../../contract/office/venue.ts'
import type { Sql } from '../db/pool.ts'
import { beginApplication, findApplication, moveApplication } from '../applications/applications.store.ts'

/** An application of that organisation that a Coordinator has approved. */
export async function approvedApplication(
  db: Sql,
  body: Pick<Registration, 'organisation' | 'venues'>,
): Promise<{ readonly id: number; readonly version: number; readonly reference: string }> {
  const now = new Date()
  const form: ApplicationForm = {
    ...body.organisation,
    venues: body.venues.map(({ name, kind, address }) => ({ name, kind, address })),
  }
  return db.transaction().execute(async (tx) => {
    const id = await beginApplication(tx, form, now)
    const application = await findApplication(tx, id, { lock: true })
    if (!application) throw new Error('not begun')
    const since = now.toISOString()
    const due = new Date(now.getTime() + 2 * 24 * 3600_000).toISOString()
    const by = { account: 1, name: 'Координатор' }
    await tx.updateTable('applications').set({ submitted_at: now }).where('id', '=', id).execute()
    await moveApplication(tx, application, {
      state: { kind: 'approved', since, due, round: 1, by },
      at: now,
      entry: { by: 'coordinator', name: by.name, event: 'approved' },
      form,
    })
    const after = await findApplication(tx, id)
    return { id, version: after?.version ?? 0, reference: application.reference }
  })
}
