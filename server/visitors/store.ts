import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import type { KeySet, PassKey } from '../contract/keys.ts'
import type { VerifySignature } from '../contract/pass.ts'
import type { Sql } from '../db/pool.ts'

const keyObjects = new WeakMap<PassKey, KeyObject>()

/** Ed25519 by Node's OpenSSL. A key that is no point on the curve verifies nothing. */
export const verifyEd25519: VerifySignature = (key, signed, signature) => {
  let object = keyObjects.get(key)
  if (!object) {
    object = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey }, format: 'jwk' })
    keyObjects.set(key, object)
  }
  return verify(null, signed, object, signature)
}

export async function loadKeySet(db: Sql, previous: KeySet | undefined): Promise<KeySet> {
  const rows = await db.selectFrom('pass_keys').selectAll().orderBy('key_id').execute()
  const line = await db.selectFrom('changes').select('version').where('name', '=', 'pass_keys').executeTakeFirst()
  const keys = rows.map((row): PassKey => ({
    keyId: row.key_id,
    use: row.use,
    lifetime: row.lifetime,
    publicKey: row.public_key.toString('base64url'),
    revoked: row.revoked_at !== null,
  }))
  // `changes` only grows, and so does the version the kiosks see; it may run ahead of the keys, never behind.
  const version = Math.max(Number(line?.version ?? 0), previous?.version ?? 0)
  return { version, issuedAt: new Date().toISOString(), keys }
}

export interface NewPassKey {
  readonly use: PassKey['use']
  readonly lifetime: number
  /** raw, base64url */
  readonly publicKey: string
}

/** Takes the next free key id: they are never used again. @throws when all 256 are used up */
export async function addPassKey(db: Sql, { use, lifetime, publicKey }: NewPassKey): Promise<number> {
  const { last } = await db
    .selectFrom('pass_keys')
    .select(({ fn }) => fn.max('key_id').as('last'))
    .executeTakeFirstOrThrow()
  const keyId = ((last as number | null) ?? 0) + 1
  if (keyId > 255) throw new Error('all 255 key ids are used')
  const row = { key_id: keyId, use, lifetime, public_key: Buffer.from(publicKey, 'base64url') }
  await db.insertInto('pass_keys').values(row).execute()
  return keyId
}
