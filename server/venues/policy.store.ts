import type { VenuePolicy } from '../../contract/office/policy.ts'
import type { Sql } from '../db/pool.ts'
import { policyOf } from './policy.ts'

export async function readPolicy(
  db: Sql,
  venueId: number,
): Promise<
  { readonly policy: VenuePolicy; readonly participantId: number | null; readonly version: number } | undefined
> {
  const row = await db
    .selectFrom('venues')
    .select(['policy', 'opening_hours', 'participant_id', 'version'])
    .where('id', '=', venueId)
    .executeTakeFirst()
  return (
    row && {
      policy: policyOf(row.policy, row.opening_hours),
      participantId: row.participant_id,
      version: Number(row.version),
    }
  )
}

/** The row's version grows: kiosks hear of it. */
export async function writePolicy(tx: Sql, venueId: number, { hours, ...policy }: VenuePolicy): Promise<void> {
  await tx
    .updateTable('venues')
    .set({ policy: JSON.stringify(policy), opening_hours: hours && JSON.stringify(hours) })
    .where('id', '=', venueId)
    .execute()
}
