import type { Selectable } from 'kysely'
import type { Sql } from '../db/pool.ts'
import type { Tables } from '../db/tables.ts'
import { RequestProblem } from '../http/problem.ts'
import { thumbprint } from '../keys/key-file.ts'
import type { Device, Devices } from './device.ts'

const COLUMNS = [
  'devices.id',
  'devices.name',
  'access_point_id',
  'venue_id',
  'devices.version',
  'devices.state',
  'public_key',
  'kid',
  'key_made_at',
  'rotation_asked_at',
] as const

type Row = Pick<
  Selectable<Tables['devices']>,
  'id' | 'name' | 'access_point_id' | 'version' | 'state' | 'public_key' | 'kid' | 'key_made_at' | 'rotation_asked_at'
> & { readonly venue_id: number }

function deviceOf(row: Row): Device {
  const { public_key: publicKey, kid } = row
  return {
    id: row.id,
    name: row.name,
    accessPointId: row.access_point_id,
    venueId: row.venue_id,
    version: Number(row.version),
    state: row.state,
    key: publicKey && kid !== null ? { kid, publicKey: publicKey.toString('base64url') } : undefined,
    rotationAsked: row.rotation_asked_at !== null && row.rotation_asked_at > row.key_made_at,
  }
}

const selection = (db: Sql) =>
  db.selectFrom('devices').innerJoin('access_points', 'access_points.id', 'access_point_id').select(COLUMNS)

export async function loadDevices(db: Sql): Promise<Devices> {
  const devices = (await selection(db).execute()).map(deviceOf)
  return {
    byId: new Map(devices.map((device) => [device.id, device])),
    byKid: new Map(devices.flatMap((device) => (device.key ? [[device.key.kid, device]] : []))),
  }
}

/** For one that was enrolled a moment ago: other server processes have not heard of it yet. */
export async function findDeviceByKid(db: Sql, kid: string): Promise<Device | undefined> {
  const row = await selection(db).where('kid', '=', kid).executeTakeFirst()
  return row && deviceOf(row)
}

export interface NewDevice {
  readonly accessPointId: number
  readonly name: string
  /** raw Ed25519, base64url */
  readonly publicKey: string
  readonly platform?: string
  /** else it waits for a person's approval */
  readonly approved: boolean
}

/** @throws {RequestProblem} conflict: another device has that key */
export async function addDevice(
  db: Sql,
  { accessPointId, name, publicKey, platform = '', approved }: NewDevice,
): Promise<{ readonly id: number; readonly state: Device['state'] }> {
  const written = db
    .insertInto('devices')
    .values({
      access_point_id: accessPointId,
      name,
      platform,
      public_key: Buffer.from(publicKey, 'base64url'),
      kid: thumbprint(publicKey),
      approved_at: approved ? new Date() : null,
    })
    .returning(['id', 'state'])
    .executeTakeFirstOrThrow()
  return ofOneDevice('publicKey', written)
}

/** What one device signs with, no other does. `field`: where the request has the key. */
async function ofOneDevice<T>(field: string, written: Promise<T>): Promise<T> {
  try {
    return await written
  } catch (thrown) {
    if (thrown instanceof Error && 'constraint' in thrown && thrown.constraint === 'devices_kid_key')
      throw new RequestProblem('conflict', [{ field, message: 'is the key of another device' }])
    throw thrown
  }
}

/** @returns whether there was such a device, not yet revoked */
export async function revokeDevice(db: Sql, id: number, reason?: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('devices')
    .set({ revoked_at: new Date(), revoked_reason: reason ?? null })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Another key for a device that still has the old one.
 *
 * @returns whether it had
 * @throws {RequestProblem} conflict: another device has the new one
 */
export async function changeKey(db: Sql, id: number, oldKid: string, publicKey: string): Promise<boolean> {
  const written = db
    .updateTable('devices')
    .set({ public_key: Buffer.from(publicKey, 'base64url'), kid: thumbprint(publicKey), key_made_at: new Date() })
    .where('id', '=', id)
    .where('kid', '=', oldKid)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  const { numUpdatedRows } = await ofOneDevice('next', written)
  return numUpdatedRows > 0n
}
