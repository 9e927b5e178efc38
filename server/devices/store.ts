import { hash, randomBytes } from 'node:crypto'
import type { Sql } from '../db/pool.ts'
import { bearerToken, type Device, type Devices } from './device.ts'

const digest = (token: string): string => hash('sha256', token)

/** The device a request comes from, revoked or not. */
export function deviceOf(authorization: string | undefined, devices: Devices): Device | undefined {
  const token = bearerToken(authorization)
  return token === undefined ? undefined : devices.get(digest(token))
}

export async function loadDevices(db: Sql): Promise<Devices> {
  const rows = await db
    .selectFrom('devices')
    .innerJoin('access_points', 'access_points.id', 'access_point_id')
    .select([
      'devices.id',
      'devices.name',
      'access_point_id',
      'venue_id',
      'token_sha256',
      'devices.version',
      'revoked_at',
    ])
    .execute()
  return new Map(
    rows.map((row) => [
      row.token_sha256.toString('hex'),
      {
        id: row.id,
        name: row.name,
        accessPointId: row.access_point_id,
        venueId: row.venue_id,
        version: Number(row.version),
        revoked: row.revoked_at !== null,
      },
    ]),
  )
}

/** The token is told once, here: 256 random bits, base64url. */
export async function addDevice(
  db: Sql,
  accessPointId: number,
  name: string,
): Promise<{ readonly id: number; readonly token: string }> {
  const token = randomBytes(32).toString('base64url')
  const { id } = await db
    .insertInto('devices')
    .values({ access_point_id: accessPointId, name, token_sha256: Buffer.from(digest(token), 'hex') })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, token }
}

/** @returns whether there was such a device, not yet revoked */
export async function revokeDevice(db: Sql, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('devices')
    .set({ revoked_at: new Date() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
