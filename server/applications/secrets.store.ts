import { hash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Sql } from '../db/pool.ts'

/** 128 random bits, 22 characters; only its hash is kept. */
export const newSecret = (): string => randomBytes(16).toString('base64url')
const digest = (secret: string): Buffer => hash('sha256', secret, 'buffer')

export interface KnownSecret {
  readonly applicationId: number
  /** the address it was mailed to, in lower case; a browser's own proves none */
  readonly mailedTo: string | null
  readonly createdAt: Date
}

export async function findSecret(db: Sql, secret: string): Promise<KnownSecret | undefined> {
  const row = await db
    .selectFrom('application_secrets')
    .select(['application_id', 'mailed_to', 'created_at'])
    .where('sha256', '=', digest(secret))
    .executeTakeFirst()
  return row && { applicationId: row.application_id, mailedTo: row.mailed_to, createdAt: row.created_at }
}

export async function addSecret(
  tx: Sql,
  applicationId: number,
  { secret, mailedTo, at }: { readonly secret: string; readonly mailedTo: string | null; readonly at: Date },
): Promise<void> {
  const row = { sha256: digest(secret), application_id: applicationId, mailed_to: mailedTo, created_at: at }
  await tx.insertInto('application_secrets').values(row).execute()
}

/** Until the transaction ends, whoever else begins with this secret waits: two first saves make one application. */
export async function holdSecret(tx: Sql, secret: string): Promise<void> {
  const key = digest(secret).readBigInt64BE()
  await sql`select pg_advisory_xact_lock(${key.toString()}::bigint)`.execute(tx)
}

/** Links of earlier mails end: a new mail has a new one. */
export async function endMailedSecrets(tx: Sql, applicationId: number): Promise<void> {
  await tx
    .deleteFrom('application_secrets')
    .where('application_id', '=', applicationId)
    .where('mailed_to', 'is not', null)
    .execute()
}
