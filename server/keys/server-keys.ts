/** The server's own keys: public halves in the database, private halves in files on the machines that use them. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import type { ServerKey } from '../../contract/kiosk/keys.ts'
import type { Sql } from '../db/pool.ts'
import { newKeyPair, readPrivateKey, thumbprint, writePrivateKey, type Curve } from './key-file.ts'
import type { Signer } from './signed-document.ts'

/** `token`: signs access tokens; servers alone check those, so it is in no key set. */
type Use = ServerKey['use'] | 'token'

const curveOf = (use: Use): Curve => (use === 'seal' ? 'X25519' : 'Ed25519')
const fileOf = (folder: string, use: Use, publicKey: string): string => join(folder, `${use}-${publicKey}.pem`)

/** A key and its private half, where this machine has it. */
export interface OwnKey extends Omit<ServerKey, 'use'> {
  readonly use: Use
  readonly privateKey: KeyObject | undefined
}

/** In the order of their making. */
export async function loadServerKeys(db: Sql, folder: string): Promise<readonly OwnKey[]> {
  const rows = await db.selectFrom('server_keys').selectAll().orderBy('created_at').orderBy('kid').execute()
  return rows.map(({ kid, use, public_key, revoked_at }) => {
    const publicKey = public_key.toString('base64url')
    return {
      kid,
      use,
      publicKey,
      revoked: revoked_at !== null,
      privateKey: readPrivateKey(fileOf(folder, use, publicKey)),
    }
  })
}

/** The private half is on disk before anybody hears of the public one. */
export async function addServerKey(db: Sql, folder: string, use: Use): Promise<OwnKey> {
  const { publicKey, privateKey } = newKeyPair(curveOf(use))
  writePrivateKey(fileOf(folder, use, publicKey), privateKey)
  const kid = thumbprint(publicKey, curveOf(use))
  await db
    .insertInto('server_keys')
    .values({ kid, use, public_key: Buffer.from(publicKey, 'base64url') })
    .execute()
  return { kid, use, publicKey, revoked: false, privateKey }
}

/** Those whose signatures or seals anybody still takes: the two newest for signing (one may not be everywhere yet), the newest for sealing. */
export function publishedKeys(own: readonly OwnKey[]): readonly ServerKey[] {
  const keys = own.flatMap(({ kid, use, publicKey, revoked }) =>
    use === 'token' ? [] : [{ kid, use, publicKey, revoked }],
  )
  const newest = new Set(
    (['list', 'config', 'seal'] as const).flatMap((use) =>
      keys.filter((key) => key.use === use && !key.revoked).slice(use === 'seal' ? -1 : -2),
    ),
  )
  return keys.filter((key) => newest.has(key) || key.revoked).slice(-64)
}

/** The key that this machine signs access tokens with. */
export function tokenSigner(keys: readonly OwnKey[]): Signer | undefined {
  const key = keys.findLast((one) => one.use === 'token' && !one.revoked && one.privateKey)
  return key?.privateKey && { kid: key.kid, privateKey: key.privateKey }
}

/** Each machine that has none makes its own: the others check by its public half. */
export async function ensureTokenKey(db: Sql, folder: string): Promise<void> {
  if (!tokenSigner(await loadServerKeys(db, folder))) await addServerKey(db, folder, 'token')
}

/** The newest key of that use that kiosks know of and this machine can sign with. */
export function signerOf(
  use: 'list' | 'config',
  keys: readonly OwnKey[],
  published: readonly ServerKey[],
): Signer | undefined {
  const known = new Set(published.filter(({ revoked }) => !revoked).map(({ kid }) => kid))
  const key = keys.findLast((one) => one.use === use && !one.revoked && known.has(one.kid) && one.privateKey)
  return key?.privateKey && { kid: key.kid, privateKey: key.privateKey }
}

/** A key as node:crypto takes it. */
export const publicKeyObject = (x: string, crv: Curve): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv, x }, format: 'jwk' })

/** @returns whether there was such a key, not yet revoked */
export async function revokeServerKey(db: Sql, kid: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('server_keys')
    .set({ revoked_at: new Date() })
    .where('kid', '=', kid)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
