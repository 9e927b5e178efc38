import type { PassKey } from '../../contract/kiosk/keys.ts'
import type { Sql } from '../db/pool.ts'

export interface NewPassKey {
  readonly use: PassKey['use']
  readonly lifetime: number
  /** raw, base64url */
  readonly publicKey: string
  /** published ahead; absent: good at once */
  readonly notBefore?: Date
}

/** Takes the next free key id: they are never used again. @throws when all 256 are used up */
export async function addPassKey(db: Sql, { use, lifetime, publicKey, notBefore }: NewPassKey): Promise<number> {
  const { last } = await db
    .selectFrom('pass_keys')
    .select(({ fn }) => fn.max('key_id').as('last'))
    .executeTakeFirstOrThrow()
  const keyId = ((last as number | null) ?? 0) + 1
  if (keyId > 255) throw new Error('all 255 key ids are used')
  const row = { key_id: keyId, use, lifetime, public_key: Buffer.from(publicKey, 'base64url') }
  await db
    .insertInto('pass_keys')
    .values({ ...row, not_before: notBefore ?? null })
    .execute()
  return keyId
}

/** @returns whether there was such a key, not yet revoked */
export async function revokePassKey(db: Sql, keyId: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('pass_keys')
    .set({ revoked_at: new Date() })
    .where('key_id', '=', keyId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
