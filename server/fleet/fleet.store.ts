import { sql as raw, type RawBuilder } from 'kysely'
import type { z } from 'zod'
import { Heartbeat } from '../../contract/kiosk/devices.ts'
import { spelledFingerprint } from '../../contract/kiosk/enrolment.ts'
import {
  Alarm,
  type DeviceDetails,
  type DeviceState,
  type FLEET_COLUMNS,
  type FleetDevice,
  type fleetApi,
} from '../../contract/office/fleet.ts'
import type { Sql } from '../db/pool.ts'
import { contains } from '../db/search.ts'
import type { VenueScope } from '../venues/scope.ts'
import { inScope } from '../venues/venues.store.ts'

export type FleetQuery = z.output<typeof fleetApi.fleetDevices.query>
type Column = (typeof FLEET_COLUMNS)[number]

/** Each ends in the id: pages do not overlap. */
const ORDER: Readonly<Record<Column, RawBuilder<unknown>>> = {
  attention: raw`states.attention`,
  name: raw`lower(devices.name)`,
  venue: raw`lower(venues.name)`,
  version: raw`states.version`,
  seenAt: raw`states.seen_at`,
  unsent: raw`states.oldest_unsent`,
  waiting: raw`states.waiting`,
}
/** Where nobody says otherwise: what needs a person first. */
const FIRST = '-attention'

const joined = (db: Sql) =>
  db
    .selectFrom('device_states as states')
    .innerJoin('devices', 'devices.id', 'states.device_id')
    .innerJoin('access_points as points', 'points.id', 'devices.access_point_id')
    .innerJoin('venues', 'venues.id', 'points.venue_id')

const COLUMNS = [
  'devices.id',
  'devices.name',
  'devices.platform',
  'devices.created_at',
  'devices.state',
  'venues.id as venue_id',
  'venues.code as venue_code',
  'venues.name as venue_name',
  'points.id as point_id',
  'points.name as point_name',
  'points.direction',
  'states.alarms',
  'states.seen_at',
  'states.report',
] as const

interface Row {
  readonly id: number
  readonly name: string
  readonly platform: string
  readonly created_at: Date
  readonly state: DeviceState
  readonly venue_id: number
  readonly venue_code: string
  readonly venue_name: string
  readonly point_id: number
  readonly point_name: string
  readonly direction: 'entry' | 'exit'
  readonly alarms: readonly string[]
  readonly seen_at: Date | null
  readonly report: unknown
}

function fleetDevice(row: Row): FleetDevice {
  return {
    id: row.id,
    name: row.name,
    venue: { id: row.venue_id, code: row.venue_code, name: row.venue_name },
    accessPoint: { id: row.point_id, name: row.point_name, direction: row.direction },
    state: row.state,
    alarms: knownAlarms(row.state === 'active' ? row.alarms : []),
    platform: row.platform,
    createdAt: row.created_at.toISOString(),
    seenAt: row.seen_at?.toISOString() ?? null,
    // one of an older server's shape is as good as none
    report: Heartbeat.safeParse(row.report).data ?? null,
  }
}

const knownAlarms = (texts: readonly string[]): readonly Alarm[] =>
  Alarm.options.filter((alarm) => texts.includes(alarm))

function matching(db: Sql, query: Omit<FleetQuery, 'page' | 'size' | 'sort'>, scope: VenueScope) {
  const { alarm, state, version, venue, search } = query
  let found = joined(db).where(inScope(scope))
  if (venue !== undefined) found = found.where('states.venue_id', '=', venue)
  if (state !== undefined) found = found.where('states.state', '=', state)
  if (version !== undefined) found = found.where('states.version', '=', version)
  if (alarm !== undefined) {
    found = found.where('states.state', '=', 'active').where(raw<boolean>`states.alarms @> ${[alarm]}::text[]`)
  }
  if (search) {
    found = found.where(({ or, ref }) =>
      or([
        contains(ref('devices.name'), search),
        contains(ref('venues.name'), search),
        contains(ref('venues.code'), search),
        contains(ref('points.name'), search),
      ]),
    )
  }
  return found
}

/** The statement of a page: apart, so that a test can ask how it is carried out. */
export function devicesPage(db: Sql, query: FleetQuery, scope: VenueScope) {
  const { page, size, sort = FIRST } = query
  const descends = sort.startsWith('-')
  const column = (descends ? sort.slice(1) : sort) as Column
  return matching(db, query, scope)
    .select(COLUMNS)
    .orderBy(ORDER[column], (order) =>
      descends ? (column === 'attention' ? order.desc() : order.desc().nullsLast()) : order.asc().nullsLast(),
    )
    .orderBy('states.device_id')
    .limit(size)
    .offset((page - 1) * size)
}

export async function fleetPage(
  db: Sql,
  query: FleetQuery,
  scope: VenueScope,
): Promise<{ readonly rows: readonly FleetDevice[]; readonly total: number }> {
  const rows = await devicesPage(db, query, scope).execute()
  const { total } = await matching(db, query, scope)
    .select((select) => select.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  return { rows: rows.map(fleetDevice), total: Number(total) }
}

interface Counted<Key> {
  readonly key: Key
  readonly count: number
}

export async function fleetSummary(
  db: Sql,
  scope: VenueScope,
): Promise<{ states: Counted<DeviceState>[]; alarms: Counted<Alarm>[]; versions: Counted<string>[] }> {
  const all = () => joined(db).where(inScope(scope))
  const count = raw<string>`count(*)`.as('count')
  const states = await all().select(['states.state as key', count]).groupBy('states.state').execute()
  const working = () => all().where('states.state', '=', 'active')
  const alarms = await working()
    .select([raw<string>`unnest(states.alarms)`.as('key'), count])
    .groupBy('key')
    .execute()
  const versions = await working()
    .where('states.version', 'is not', null)
    .select([raw<string>`states.version`.as('key'), count])
    .groupBy('key')
    .orderBy('key', 'desc')
    .limit(50)
    .execute()
  const counted = <Key>(rows: readonly { key: Key; count: string }[]): Counted<Key>[] =>
    rows.map(({ key, count: of }) => ({ key, count: Number(of) }))
  return {
    states: counted(states),
    alarms: Alarm.options.flatMap((key) => {
      const found = alarms.find((row) => row.key === key)
      return found ? [{ key, count: Number(found.count) }] : []
    }),
    versions: counted(versions),
  }
}

const REPORTS_SHOWN = 100

/** `undefined`: there is none, or none for this person. */
export async function deviceDetails(db: Sql, id: number, scope: VenueScope): Promise<DeviceDetails | undefined> {
  const row = await joined(db)
    .where(inScope(scope))
    .where('devices.id', '=', id)
    .select(COLUMNS)
    .select(['kid', 'key_made_at', 'rotation_asked_at', 'approved_at', 'revoked_at', 'revoked_reason'])
    .executeTakeFirst()
  if (!row) return undefined
  const reports = await db
    .selectFrom('device_reports')
    .select(['at', 'alarms', 'report'])
    .where('device_id', '=', id)
    .orderBy('at', 'desc')
    .limit(REPORTS_SHOWN)
    .execute()
  const { kid, key_made_at: keyMadeAt, rotation_asked_at: asked, revoked_at: revokedAt } = row
  return {
    device: fleetDevice(row),
    fingerprint: kid === null ? null : spelledFingerprint(kid),
    keyMadeAt: keyMadeAt.toISOString(),
    rotationAsked: asked !== null && asked > keyMadeAt,
    approvedAt: row.approved_at?.toISOString() ?? null,
    revoked: revokedAt && { at: revokedAt.toISOString(), reason: row.revoked_reason },
    reports: reports.flatMap(({ at, alarms, report }) => {
      const { data } = Heartbeat.safeParse(report)
      return data ? [{ at: at.toISOString(), alarms: knownAlarms(alarms), report: data }] : []
    }),
  }
}

/** In a transaction: the state that a change starts from, locked. `undefined`: none, or none for this person. */
export async function lockDevice(
  tx: Sql,
  id: number,
  scope: VenueScope,
): Promise<{ readonly state: DeviceState } | undefined> {
  return tx
    .selectFrom('devices')
    .innerJoin('access_points as points', 'points.id', 'devices.access_point_id')
    .innerJoin('venues', 'venues.id', 'points.venue_id')
    .select('devices.state')
    .where('devices.id', '=', id)
    .where(inScope(scope))
    .forUpdate('devices')
    .executeTakeFirst()
}

export interface Place {
  readonly accessPoint: number
  readonly name: string
  readonly venue: { readonly id: number; readonly name: string }
}

/** Access points by a part of their venue's name or code. */
export async function places(db: Sql, scope: VenueScope, search = '', id?: number): Promise<readonly Place[]> {
  const rows = await db
    .selectFrom('access_points as points')
    .innerJoin('venues', 'venues.id', 'points.venue_id')
    .select(['points.id', 'points.name', 'venues.id as venue_id', 'venues.name as venue'])
    .where(inScope(scope))
    .where(({ or, ref }) => or([contains(ref('venues.name'), search), contains(ref('venues.code'), search)]))
    .$if(id !== undefined, (query) => query.where('points.id', '=', id ?? 0))
    .orderBy('venues.name')
    .orderBy('points.id')
    .limit(50)
    .execute()
  return rows.map((row) => ({ accessPoint: row.id, name: row.name, venue: { id: row.venue_id, name: row.venue } }))
}
