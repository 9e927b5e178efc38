import type pg from 'pg'
import type { HourNumbers, Numbers } from '../../contract/office/cabinet.ts'
import type { Sql } from '../db/pool.ts'
import { lowestId } from './numbers.ts'

/**
 * Counted where they lie: a venue's admissions of a week are one range of the primary key (venue, UUIDv7) in seven
 * partitions, 70,000 rows at the very largest. No counter stands in the way of a scan, and none can be wrong.
 * An id of an odd clock is counted on the day that it says.
 *
 * Refused is who was refused last, by the system or by staff; a check that nobody decided (`auto`, or nothing yet) stays one.
 */
const COUNTS = `
  count(*) filter (where v.entered_at is not null)::int as admitted,
  count(*) filter (where v.entered_at is null and
    (v.outcome = 'denied' or (v.resolved = 'refused' and v.resolved_by = 'staff')))::int as refused,
  count(*) filter (where v.entered_at is null and v.outcome = 'check' and
    (v.resolved is null or v.resolved_by = 'auto'))::int as "check"`

const ENTRIES = `from visits v join access_points p on p.id = v.access_point_id and p.direction = 'entry'`

/** @param from, until milliseconds; hours in which nobody came are left out */
export async function numbersByHour(
  pool: Pick<pg.Pool, 'query'>,
  venueId: number,
  from: number,
  until: number,
): Promise<HourNumbers[]> {
  const { rows } = await pool.query<Numbers & { hour: string }>(
    `select hour, ${COUNTS}
     from (select *, ('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 3600000 as hour from visits
       where venue_id = $1 and id >= $2 and id < $3) v
     join access_points p on p.id = v.access_point_id and p.direction = 'entry'
     group by hour order by hour`,
    [venueId, lowestId(from), lowestId(until)],
  )
  return rows.map(({ hour, ...numbers }) => ({ at: new Date(Number(hour) * 3600_000).toISOString(), ...numbers }))
}

/** @param from milliseconds */
export async function numbersSince(
  pool: Pick<pg.Pool, 'query'>,
  venueIds: readonly number[],
  from: number,
): Promise<(Numbers & { readonly id: number })[]> {
  const { rows } = await pool.query<Numbers & { id: number }>(
    `select venues.id, ${COUNTS}
     from unnest($1::int[]) as venues (id)
     left join lateral (select v.* ${ENTRIES} where v.venue_id = venues.id and v.id >= $2) v on true
     group by venues.id order by venues.id`,
    [venueIds, lowestId(from)],
  )
  return rows
}

export interface NumberedVenue {
  readonly id: number
  readonly participantId: number | null
  readonly timezone: string
}

export async function numberedVenues(db: Sql, participants: readonly number[]): Promise<NumberedVenue[]> {
  if (participants.length === 0) return []
  return db
    .selectFrom('venues')
    .select(['id', 'participant_id as participantId', 'timezone'])
    .where('participant_id', 'in', participants)
    .where('state', '<>', 'closed')
    .orderBy('id')
    .limit(500)
    .execute()
}

export function numberedVenue(db: Sql, id: number): Promise<NumberedVenue | undefined> {
  return db
    .selectFrom('venues')
    .select(['id', 'participant_id as participantId', 'timezone'])
    .where('id', '=', id)
    .executeTakeFirst()
}
