import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hexOf, writePass, type PassClaims } from '../../contract/pass.ts'
import type { PassKey } from '../../contract/keys.ts'
import type { Sql } from '../../db/pool.ts'
import { addPassKey } from '../store.ts'

/** The private half of a pass key: a file of its own, readable by its owner only, in the server's data folder. */
export interface SigningKey {
  readonly keyId: number
  readonly use: PassKey['use']
  readonly lifetime: number
  readonly privateKey: KeyObject
}

const DAY = 24 * 3600

/** Seconds from issue to expiry, by use (DESIGN 3). */
export const LIFETIMES: Readonly<Record<PassKey['use'], number>> = { static: 90 * DAY, dynamic: 300, phone: 12 * 3600 }

export function newKeyPair(): { readonly publicKey: string; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' })
  if (x === undefined) throw new Error('an Ed25519 key without x')
  return { publicKey: x, privateKey }
}

/** The newest usable key of that use whose private half is in `folder`; where there is none, a new one. */
export async function signingKey(db: Sql, folder: string, use: PassKey['use']): Promise<SigningKey> {
  const rows = await db
    .selectFrom('pass_keys')
    .select(['key_id', 'lifetime', 'public_key'])
    .where('use', '=', use)
    .where('revoked_at', 'is', null)
    .orderBy('key_id', 'desc')
    .execute()
  for (const { key_id, lifetime, public_key } of rows) {
    const privateKey = readPrivateKey(fileOf(folder, public_key.toString('base64url')))
    if (privateKey) return { keyId: key_id, use, lifetime, privateKey }
  }
  const { publicKey, privateKey } = newKeyPair()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' })
  writeFileSync(fileOf(folder, publicKey), pem, { mode: 0o600, flag: 'wx' })
  const lifetime = LIFETIMES[use]
  return { keyId: await addPassKey(db, { use, lifetime, publicKey }), use, lifetime, privateKey }
}

/** Named for the public half, so that another database's key of the same id is never taken for this one. */
const fileOf = (folder: string, publicKey: string): string => join(folder, `pass-${publicKey}.pem`)

function readPrivateKey(file: string): KeyObject | undefined {
  try {
    return createPrivateKey(readFileSync(file))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

export function signPass(key: SigningKey, claims: Omit<PassClaims, 'keyId'>): string {
  return writePass({ ...claims, keyId: key.keyId }, (signed) => sign(null, signed, key.privateKey))
}

/** 80 random bits: what makes trying handles hopeless. `random`: that many random bytes. */
export const newHandle = (random: (bytes: number) => Uint8Array): string => hexOf(random(10))
