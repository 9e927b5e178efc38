/** One-time codes that let a device in. */
import { randomBytes, scrypt } from 'node:crypto'
import { CODE_LIVES_MS, newCode } from '../../contract/kiosk/enrolment.ts'
import type { Sql } from '../db/pool.ts'
import { thumbprint } from '../keys/key-file.ts'
import type { Device } from './device.ts'
import type { VenueScope } from '../venues/scope.ts'
import { inScope } from '../venues/venues.store.ts'
import { addDevice } from './devices.store.ts'

/**
 * Slow, and the same for the same code, so that it can be looked up: 2⁵⁵ codes at 30 ms each are more than a day holds,
 * for whoever may have the table.
 */
export function codeHash(code: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(code, 'dopusk enrolment code', 32, { N: 2 ** 14, r: 8, p: 1 }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

export interface CodeWish {
  readonly accessPointId: number
  /** of the device that it lets in */
  readonly name: string
  /** an account; `undefined`: the system itself */
  readonly madeBy?: number
  readonly approved: boolean
  readonly now: Date
}

export interface DrawnCode {
  readonly code: string
  readonly hash: Buffer
}

/** Before a transaction begins: its connection need not wait for the hash. */
export async function drawCode(): Promise<DrawnCode> {
  const code = newCode(randomBytes(16))
  return { code, hash: await codeHash(code) }
}

/** The code itself is told once, here. */
export async function makeCode(
  db: Sql,
  { accessPointId, name, madeBy, approved, now }: CodeWish,
  drawn?: DrawnCode,
): Promise<{ readonly id: number; readonly code: string; readonly expiresAt: Date }> {
  const { code, hash } = drawn ?? (await drawCode())
  const expiresAt = new Date(now.getTime() + CODE_LIVES_MS)
  const { id } = await db
    .insertInto('enrolment_codes')
    .values({
      access_point_id: accessPointId,
      name,
      code_hash: hash,
      made_by: madeBy ?? null,
      approved,
      created_at: now,
      expires_at: expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, code, expiresAt }
}

/** Whether a device could still be enrolled with it. */
export async function isOpenCode(db: Sql, code: string, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('enrolment_codes')
    .select('id')
    .where('code_hash', '=', await codeHash(code))
    .where('used_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row !== undefined
}

export interface Applicant {
  readonly publicKey: string
  readonly platform: string
}

export interface Enrolled {
  readonly id: number
  readonly state: Device['state']
  readonly codeId: number
  /** false: the same device asked again, its first answer lost */
  readonly fresh: boolean
}

/**
 * Spends a code on a device, in one transaction: of two that come at once one waits for the other's lock, and finds it
 * spent. @param hash of the code. `undefined`: it is spent, over, taken back, or there never was one.
 */
export async function spendCode(
  tx: Sql,
  hash: Buffer,
  { publicKey, platform }: Applicant,
  now: Date,
): Promise<Enrolled | undefined> {
  const row = await tx
    .selectFrom('enrolment_codes')
    .selectAll()
    .where('code_hash', '=', hash)
    .forUpdate()
    .executeTakeFirst()
  if (!row || row.cancelled_at !== null || row.expires_at <= now) return undefined
  if (row.device_id !== null) {
    const same = await tx
      .selectFrom('devices')
      .select(['id', 'state'])
      .where('id', '=', row.device_id)
      .where('kid', '=', thumbprint(publicKey))
      .executeTakeFirst()
    return same && { ...same, codeId: row.id, fresh: false }
  }
  const { name, access_point_id: accessPointId, approved } = row
  const device = await addDevice(tx, { accessPointId, name, publicKey, platform, approved })
  await tx.updateTable('enrolment_codes').set({ used_at: now, device_id: device.id }).where('id', '=', row.id).execute()
  return { ...device, codeId: row.id, fresh: true }
}

export interface OpenCode {
  readonly id: number
  readonly venue: string
  readonly accessPoint: string
  readonly name: string
  readonly approved: boolean
  readonly expiresAt: Date
}

/** Codes that may still be used, the newest first. @param venues only of these @param id only this one */
export async function openCodes(db: Sql, now: Date, venues: VenueScope, id?: number): Promise<readonly OpenCode[]> {
  return db
    .selectFrom('enrolment_codes as codes')
    .innerJoin('access_points', 'access_points.id', 'codes.access_point_id')
    .innerJoin('venues', 'venues.id', 'access_points.venue_id')
    .select([
      'codes.id',
      'venues.name as venue',
      'access_points.name as accessPoint',
      'codes.name',
      'codes.approved',
      'codes.expires_at as expiresAt',
    ])
    .where('codes.expires_at', '>', now)
    .where('codes.used_at', 'is', null)
    .where('codes.cancelled_at', 'is', null)
    .where(inScope(venues))
    .$if(id !== undefined, (query) => query.where('codes.id', '=', id ?? 0))
    .orderBy('codes.id', 'desc')
    .limit(200)
    .execute()
}

/** @returns whether there was such a code, still open */
export async function cancelCode(db: Sql, id: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('enrolment_codes')
    .set({ cancelled_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
