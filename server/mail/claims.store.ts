import { sql } from 'kysely'
import type { Sql } from '../db/pool.ts'
import type { Settled } from './attempt.ts'
import type { OutgoingMail } from './message.ts'
import { isSecret } from '../letters/templates.ts'

/** A mail that one sender has, until `leaseMs` are over: then that sender is taken for dead. */
export interface ClaimedMail extends OutgoingMail {
  readonly id: string
  readonly attempts: number
  readonly ageMs: number
}

/** The next due mail, nobody else's from now on. All times are the database's: senders on several machines agree. */
export async function claimMail(db: Sql, leaseMs: number): Promise<ClaimedMail | undefined> {
  const row = await db
    .updateTable('mails')
    .set({
      state: 'sending',
      attempts: sql`attempts + 1`,
      next_at: sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`,
    })
    .where('id', '=', (query) =>
      query
        .selectFrom('mails')
        .select('id')
        .where('state', 'in', ['queued', 'sending'])
        .where('next_at', '<=', sql<Date>`clock_timestamp()`)
        .orderBy('next_at')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returning([
      'id',
      'kind',
      'values',
      'recipient',
      'locale',
      'message_id',
      'attempts',
      'created_at',
      sql<number>`extract(epoch from clock_timestamp() - created_at)::float8 * 1000`.as('age_ms'),
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const attachments = await db
    .selectFrom('mail_attachments')
    .select(['name', 'type', 'bytes'])
    .where('mail_id', '=', row.id)
    .orderBy('position')
    .execute()
  const { id, kind, values, recipient, locale, attempts } = row
  const common = { id, kind, values, recipient, locale, attempts, attachments }
  return { ...common, messageId: row.message_id, createdAt: row.created_at, ageMs: row.age_ms }
}

/**
 * Writes down what came of the attempt; nothing where the mail was given to another sender meanwhile.
 * `keepSecrets`: the demonstration, where people read their mails in the outbox.
 */
export async function settleMail(
  db: Sql,
  { id, kind, attempts }: Pick<ClaimedMail, 'id' | 'kind' | 'attempts'>,
  settled: Settled,
  keepSecrets: boolean,
): Promise<void> {
  const delayMs = settled.state === 'queued' ? settled.delayMs : 0
  await db
    .updateTable('mails')
    .set({
      state: settled.state,
      error: settled.state === 'sent' ? null : settled.error,
      next_at: sql`clock_timestamp() + ${delayMs} * interval '1 millisecond'`,
      ...(settled.state === 'sent' && { sent_at: sql<Date>`clock_timestamp()` }),
      ...(settled.state === 'sent' && isSecret(kind) && !keepSecrets && { values: null }),
    })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .where('attempts', '=', attempts)
    .execute()
}

export interface Waiting {
  readonly mails: number
  /** of the oldest; 0 where none waits */
  readonly oldestSeconds: number
}

export async function waitingMails(db: Sql): Promise<Waiting> {
  const row = await db
    .selectFrom('mails')
    .select([
      sql<number>`count(*)::int`.as('mails'),
      sql<number>`coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8`.as('oldest'),
    ])
    .where('state', 'in', ['queued', 'sending'])
    .executeTakeFirstOrThrow()
  return { mails: row.mails, oldestSeconds: row.oldest }
}
