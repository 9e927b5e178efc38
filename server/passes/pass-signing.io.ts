import { sign, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { hexOf, writePass, type PassClaims } from '../../contract/pass/pass.ts'
import type { PassKey } from '../../contract/kiosk/keys.ts'
import type { Sql } from '../db/pool.ts'
import { newKeyPair, readPrivateKey, writePrivateKey } from '../keys/key-file.ts'
import { addPassKey } from './passes.store.ts'

/** The private half of a pass key: a file of its own, readable by its owner only, in the server's data folder. */
export interface SigningKey {
  readonly keyId: number
  readonly use: PassKey['use']
  readonly lifetime: number
  readonly privateKey: KeyObject
}

const DAY = 24 * 3600

/** Seconds from issue to expiry, by use (DESIGN 3). */
const LIFETIMES: Readonly<Record<PassKey['use'], number>> = { static: 90 * DAY, dynamic: 300, phone: 12 * 3600 }

/** The newest usable key of that use whose private half is in `folder`. @throws one sentence where there is none */
export async function signingKey(db: Sql, folder: string, use: PassKey['use'], now = new Date()): Promise<SigningKey> {
  const rows = await db
    .selectFrom('pass_keys')
    .select(['key_id', 'lifetime', 'public_key'])
    .where('use', '=', use)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('not_before', 'is', null), where('not_before', '<=', now)]))
    .orderBy('key_id', 'desc')
    .execute()
  for (const { key_id, lifetime, public_key } of rows) {
    const privateKey = readPrivateKey(fileOf(folder, public_key.toString('base64url')))
    if (privateKey) return { keyId: key_id, use, lifetime, privateKey }
  }
  throw new Error(`There is no ${use} key here: make one with npm run keys -- rotate ${use}.`)
}

/** A new key, its private half in `folder`. No kiosk knows it before a key set says so. */
export async function newSigningKey(
  db: Sql,
  folder: string,
  use: PassKey['use'],
  notBefore?: Date,
): Promise<SigningKey> {
  const { publicKey, privateKey } = newKeyPair()
  writePrivateKey(fileOf(folder, publicKey), privateKey)
  const lifetime = LIFETIMES[use]
  const keyId = await addPassKey(db, { use, lifetime, publicKey, ...(notBefore && { notBefore }) })
  return { keyId, use, lifetime, privateKey }
}

/** Named for the public half, so that another database's key of the same id is never taken for this one. */
const fileOf = (folder: string, publicKey: string): string => join(folder, `pass-${publicKey}.pem`)

export function signPass(key: SigningKey, claims: Omit<PassClaims, 'keyId'>): string {
  return writePass({ ...claims, keyId: key.keyId }, (signed) => sign(null, signed, key.privateKey))
}

/** 80 random bits: what makes trying handles hopeless. `random`: that many random bytes. */
export const newHandle = (random: (bytes: number) => Uint8Array): string => hexOf(random(10))
