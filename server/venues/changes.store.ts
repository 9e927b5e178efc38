import { sql } from 'kysely'
import type { VenueState, VenueDetails } from '../../contract/office/venue.ts'
import type { Sql } from '../db/pool.ts'
import { newVenueCode } from './venues.store.ts'

export interface LockedVenue {
  readonly id: number
  readonly name: string
  readonly address: string
  readonly state: VenueState
  readonly poster: string | null
  readonly participantId: number | null
  /** of the row: bigint as text */
  readonly version: string
}

const columns = ['id', 'name', 'address', 'state', 'poster', 'participant_id as participantId', 'version'] as const

/** Kept from everyone else until the transaction ends. */
export function lockVenue(tx: Sql, id: number): Promise<LockedVenue | undefined> {
  return tx.selectFrom('venues').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
}

export function readVenue(db: Sql, id: number): Promise<LockedVenue | undefined> {
  return db.selectFrom('venues').select(columns).where('id', '=', id).executeTakeFirst()
}

/** A closed venue's code is retired with it. */
export async function setState(
  tx: Sql,
  venue: LockedVenue,
  state: VenueState,
  reason: string | null,
  at: Date,
): Promise<void> {
  await tx.updateTable('venues').set({ state, state_reason: reason, state_at: at }).where('id', '=', venue.id).execute()
  if (state === 'closed') await retireCode(tx, venue.id)
}

export async function setDetails(
  tx: Sql,
  id: number,
  { name, kind, address, municipality }: VenueDetails,
): Promise<void> {
  await tx.updateTable('venues').set({ name, kind, address, municipality }).where('id', '=', id).execute()
}

/** The clock of the database: a code is never retired before it was issued. */
async function retireCode(tx: Sql, venueId: number): Promise<void> {
  await tx
    .updateTable('venue_codes')
    .set({ retired_at: sql<Date>`greatest(clock_timestamp(), issued_at)` })
    .where('venue_id', '=', venueId)
    .where('retired_at', 'is', null)
    .execute()
}

/**
 * Another code on the poster. Passes stay bound to the venue's own code, which does not change: a phone's page learns it
 * from the server, and a kiosk that is offline for three days goes on taking them. The configuration's version grows with
 * the row, so kiosks hear of it.
 */
export async function replaceCode(tx: Sql, venueId: number, poster = newVenueCode()): Promise<string> {
  await retireCode(tx, venueId)
  await tx
    .insertInto('venue_codes')
    .values({ code: poster, venue_id: venueId, issued_at: sql<Date>`clock_timestamp()` })
    .execute()
  await tx.updateTable('venues').set({ poster }).where('id', '=', venueId).execute()
  return poster
}

/** @returns whether it is in use; `undefined`: there is none */
export async function lockAccessPoint(tx: Sql, id: number): Promise<'used' | 'retired' | undefined> {
  const row = await tx
    .selectFrom('access_points')
    .select('retired_at')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && (row.retired_at === null ? 'used' : 'retired')
}

export async function renameAccessPoint(tx: Sql, id: number, name: string): Promise<void> {
  await tx.updateTable('access_points').set({ name }).where('id', '=', id).execute()
}

export async function retireAccessPoint(tx: Sql, id: number, at: Date): Promise<void> {
  await tx.updateTable('access_points').set({ retired_at: at }).where('id', '=', id).execute()
}

export async function insertAccessPoint(
  tx: Sql,
  venueId: number,
  point: { readonly name: string; readonly direction: 'entry' | 'exit' },
): Promise<number> {
  const { id } = await tx
    .insertInto('access_points')
    .values({ venue_id: venueId, ...point })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Whose access point it is that is looked at, before anything is locked. */
export async function venueOfAccessPoint(db: Sql, id: number): Promise<number | undefined> {
  const row = await db.selectFrom('access_points').select('venue_id').where('id', '=', id).executeTakeFirst()
  return row?.venue_id
}
