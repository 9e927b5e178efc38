import { randomBytes } from 'node:crypto'
import { sql, type RawBuilder } from 'kysely'
import { DEFAULT_POLICY } from '../../contract/office/policy.ts'
import { venueCodeFrom } from '../../contract/office/venue-code.ts'
import type { VenueKind } from '../../contract/office/venue-kind.ts'
import type { Sql } from '../db/pool.ts'
import { ownRules, policyOf } from './policy.ts'
import type { VenueScope } from './scope.ts'
import type { AccessPoint, Venue, Venues } from './venue.ts'

/**
 * @param previous what was read before: then only what has changed since is read. Versions are in the order of commits
 * (0003_offline.sql), so nothing is missed.
 */
export async function loadVenues(db: Sql, previous?: Venues): Promise<Venues> {
  const newest = previous?.newest ?? -1
  const rows = await db
    .selectFrom('access_points')
    .innerJoin('venues', 'venues.id', 'access_points.venue_id')
    .select(['access_points.id', 'venue_id', 'venues.code', 'venues.name as venue', 'access_points.name', 'direction'])
    .select(['state', 'policy', 'opening_hours', 'timezone', 'retired_at'])
    .select(['venues.version as venue_version', 'access_points.version as point_version'])
    // not `or` across the join: that would read both tables whole, for each change there is
    .where('access_points.id', 'in', (changed) =>
      changed
        .selectFrom('access_points')
        .select('id')
        .where('version', '>', String(newest))
        .union((ofVenues) =>
          ofVenues
            .selectFrom('access_points')
            .innerJoin('venues', 'venues.id', 'venue_id')
            .select('access_points.id')
            .where('venues.version', '>', String(newest)),
        ),
    )
    .execute()
  const accessPoints = new Map(previous?.accessPoints)
  const versions = new Map(previous?.versions)
  let reached = newest
  for (const row of rows) {
    const { id, venue_id, code, venue, name, direction, state, timezone } = row
    const place = { state, direction, timezone, retired: row.retired_at !== null }
    const own = ownRules(policyOf(row.policy, row.opening_hours), place)
    const version = Math.max(Number(row.venue_version), Number(row.point_version))
    accessPoints.set(id, { id, venue: { id: venue_id, code, name: venue }, name, direction, own })
    versions.set(id, version)
    reached = Math.max(reached, version)
  }
  return { accessPoints, versions, newest: reached }
}

export async function findVenue(db: Sql, code: string): Promise<Venue | undefined> {
  return db.selectFrom('venues').select(['id', 'code', 'name']).where('code', '=', code).executeTakeFirst()
}

export const newVenueCode = (): string => venueCodeFrom(randomBytes(7))

export interface VenueFields {
  readonly participantId?: number
  readonly kind?: VenueKind
  readonly address?: string
  readonly municipality?: string
  /** what stands on its poster */
  readonly poster?: string
}

/** With a poster's code of its own. Two of the same 35 random bits: the later one fails, and writes nothing. */
export async function addVenue(db: Sql, code: string, name: string, fields: VenueFields = {}): Promise<Venue> {
  const { participantId, poster = newVenueCode(), ...given } = fields
  const write = async (tx: Sql): Promise<Venue> => {
    const venue = await tx
      .insertInto('venues')
      .values({ code, name, poster, ...given, participant_id: participantId ?? null })
      .returning(['id', 'code', 'name'])
      .executeTakeFirstOrThrow()
    await tx.insertInto('venue_codes').values({ code: poster, venue_id: venue.id }).execute()
    return venue
  }
  return db.isTransaction ? write(db) : db.transaction().execute(write)
}

/** What holds where nobody has settled anything. */
const asByDefault = (direction: AccessPoint['direction']): AccessPoint['own'] =>
  ownRules(DEFAULT_POLICY, { state: 'active', direction, retired: false, timezone: 'Europe/Moscow' })

export async function addAccessPoint(
  db: Sql,
  venue: Venue,
  name: string,
  direction: AccessPoint['direction'],
): Promise<AccessPoint> {
  const { id } = await db
    .insertInto('access_points')
    .values({ venue_id: venue.id, name, direction })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, venue, name, direction, own: asByDefault(direction) }
}

export async function accessPointsOf(db: Sql, venue: Venue): Promise<readonly AccessPoint[]> {
  const rows = await db
    .selectFrom('access_points')
    .select(['id', 'name', 'direction'])
    .where('venue_id', '=', venue.id)
    .where('retired_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, venue, own: asByDefault(row.direction) }))
}

export async function findAccessPoint(db: Sql, id: number): Promise<{ readonly id: number } | undefined> {
  return db.selectFrom('access_points').select('id').where('id', '=', id).executeTakeFirst()
}

/** A condition on a joined `venues`: those that the scope describes. */
export const inScope = ({ all, kinds, participants }: VenueScope): RawBuilder<boolean> =>
  all
    ? sql`true`
    : sql`(venues.kind = any(${[...kinds]}::text[]) or venues.participant_id = any(${[...participants]}::int[]))`
