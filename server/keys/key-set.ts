/** The key set: who may sign what, signed by a root that need not lie on any server. */
import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { join } from 'node:path'
import { sql } from 'kysely'
import { DOCUMENT_TYPES, KeySet, type PassKey } from '../../contract/kiosk/keys.ts'
import type { Sql } from '../db/pool.ts'
import { newKeyPair, publicHalf, readPrivateKey, thumbprint, writePrivateKey, type KeyPair } from './key-file.ts'
import { addServerKey, loadServerKeys, publishedKeys } from './server-keys.ts'
import { openDocument, readDocument, signDocument } from './signed-document.ts'

const DAY_MS = 24 * 3600 * 1000
/** A set is good for so long: the root is brought out a few times a year. */
export const KEY_SET_DAYS = 120
/** Any number; the same for all who publish a set. */
const LOCK = 7_270_016

/** In the order of their ids. */
export async function loadPassKeys(db: Sql): Promise<readonly PassKey[]> {
  const rows = await db.selectFrom('pass_keys').selectAll().orderBy('key_id').execute()
  return rows.map((row) => ({
    keyId: row.key_id,
    use: row.use,
    lifetime: row.lifetime,
    publicKey: row.public_key.toString('base64url'),
    ...(row.not_before && { notBefore: row.not_before.toISOString() }),
    revoked: row.revoked_at !== null,
  }))
}

export interface SignedKeySet {
  readonly jws: string
  readonly keySet: KeySet
  /** raw public half of the root that signed it, base64url; not known of sets of the first version */
  readonly root: string | undefined
}

export async function newestKeySet(db: Sql): Promise<SignedKeySet | undefined> {
  const row = await db
    .selectFrom('key_sets')
    .select(['jws', 'root_key'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { jws: row.jws, keySet: readDocument(row.jws, KeySet), root: row.root_key?.toString('base64url') }
}

/** What the next set says, by the tables as they are now. `folder`: of the private halves. */
export async function nextKeySet(db: Sql, folder: string, now: Date, days = KEY_SET_DAYS): Promise<KeySet> {
  const before = await newestKeySet(db)
  return {
    version: (before?.keySet.version ?? 0) + 1,
    issuedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + days * DAY_MS).toISOString(),
    keys: await loadPassKeys(db),
    serverKeys: publishedKeys(await loadServerKeys(db, folder)),
  }
}

export const signKeySet = (keySet: KeySet, root: KeyPair): Promise<string> =>
  signDocument(DOCUMENT_TYPES.keys, keySet, { kid: thumbprint(root.publicKey), privateKey: root.privateKey })

/** Takes a signed set in. @param root raw public key, base64url @throws one sentence: forged, or not newer than what is there */
export async function publishKeySet(db: Sql, jws: string, root: string): Promise<KeySet> {
  const keySet = await openDocument(jws, DOCUMENT_TYPES.keys, KeySet, root)
  const before = await newestKeySet(db)
  if (before && keySet.version <= before.keySet.version) {
    throw new Error(`The key set has version ${keySet.version}, but ${before.keySet.version} is published already.`)
  }
  const { version, issuedAt, expiresAt } = keySet
  await db
    .insertInto('key_sets')
    .values({
      version,
      issued_at: new Date(issuedAt),
      expires_at: new Date(expiresAt),
      jws,
      root_key: Buffer.from(root, 'base64url'),
    })
    .execute()
  return keySet
}

/** The root in a file. `undefined`: there is none. */
export function readRoot(file: string): KeyPair | undefined {
  const privateKey = readPrivateKey(file)
  return privateKey && { publicKey: publicHalf(privateKey), privateKey }
}

/** @throws where the file is there already */
export function makeRoot(file: string): KeyPair {
  if (existsSync(file)) throw new Error(`${file} is there already: a root is never overwritten.`)
  const root = newKeyPair()
  writePrivateKey(file, root.privateKey)
  return root
}

export const rootFile = (folder: string): string => join(folder, 'root.pem')

/**
 * For demonstrations and tests: a root beside the other keys, whatever keys are missing, and a set that says so.
 * @returns the root's public half, raw, base64url
 */
export async function ensureKeySet(db: Sql, folder: string, now = new Date()): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(transaction)
    const root = readRoot(rootFile(folder)) ?? makeRoot(rootFile(folder))
    const own = await loadServerKeys(transaction, folder)
    for (const use of ['list', 'config', 'seal'] as const) {
      const usable = own.some((key) => key.use === use && !key.revoked && key.privateKey)
      if (!usable) await addServerKey(transaction, folder, use)
    }
    const before = await newestKeySet(transaction)
    const next = await nextKeySet(transaction, folder, now)
    if (!before || !(await isStill(before, next, root))) {
      await publishKeySet(transaction, await signKeySet(next, root), root.publicKey)
    }
    return root.publicKey
  })
}

/** Whether a published set says the same, is of this root and has half its time left. */
async function isStill({ jws, keySet }: SignedKeySet, next: KeySet, { publicKey }: KeyPair): Promise<boolean> {
  const genuine = await openDocument(jws, DOCUMENT_TYPES.keys, KeySet, publicKey).then(
    () => true,
    () => false,
  )
  const left = Date.parse(keySet.expiresAt) - Date.parse(next.issuedAt)
  const same = isDeepStrictEqual([keySet.keys, keySet.serverKeys], [next.keys, next.serverKeys])
  return genuine && same && left > (KEY_SET_DAYS * DAY_MS) / 2
}
