import type { Sql } from '../db/pool.ts'
import type { AccessPoint, Venue, Venues } from './venue.ts'

export async function loadVenues(db: Sql): Promise<Venues> {
  const rows = await db
    .selectFrom('access_points')
    .innerJoin('venues', 'venues.id', 'access_points.venue_id')
    .select(['access_points.id', 'venue_id', 'venues.code', 'venues.name as venue', 'access_points.name', 'direction'])
    .select(['venues.version as venue_version', 'access_points.version as point_version'])
    .execute()
  const accessPoints = rows.map(({ id, venue_id, code, venue, name, direction }): [number, AccessPoint] => [
    id,
    { id, venue: { id: venue_id, code, name: venue }, name, direction },
  ])
  const versions = rows.map(({ id, venue_version, point_version }): [number, number] => [
    id,
    Math.max(Number(venue_version), Number(point_version)),
  ])
  return { accessPoints: new Map(accessPoints), versions: new Map(versions) }
}

export async function findVenue(db: Sql, code: string): Promise<Venue | undefined> {
  return db.selectFrom('venues').select(['id', 'code', 'name']).where('code', '=', code).executeTakeFirst()
}

export async function addVenue(db: Sql, code: string, name: string): Promise<Venue> {
  return db.insertInto('venues').values({ code, name }).returning(['id', 'code', 'name']).executeTakeFirstOrThrow()
}

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
  return { id, venue, name, direction }
}

export async function accessPointsOf(db: Sql, venue: Venue): Promise<readonly AccessPoint[]> {
  const rows = await db
    .selectFrom('access_points')
    .select(['id', 'name', 'direction'])
    .where('venue_id', '=', venue.id)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, venue }))
}

export async function findAccessPoint(db: Sql, id: number): Promise<{ readonly id: number } | undefined> {
  return db.selectFrom('access_points').select('id').where('id', '=', id).executeTakeFirst()
}
