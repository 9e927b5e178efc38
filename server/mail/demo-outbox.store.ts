import type { Sql } from '../db/pool.ts'
import type { Attachment } from './mail.ts'
import type { Locale } from '../letters/template.ts'

export interface OutboxMail {
  readonly id: string
  readonly kind: string
  readonly values: unknown
  readonly recipient: string
  readonly locale: Locale
  readonly state: string
  readonly created_at: Date
}

const columns = ['id', 'kind', 'values', 'recipient', 'locale', 'state', 'created_at'] as const

/** Newest first. */
export const newestMails = (db: Sql, limit: number): Promise<OutboxMail[]> =>
  db.selectFrom('mails').select(columns).orderBy('id', 'desc').limit(limit).execute()

export const mailById = (db: Sql, id: string): Promise<OutboxMail | undefined> =>
  db.selectFrom('mails').select(columns).where('id', '=', id).executeTakeFirst()

export const attachmentsOf = (db: Sql, id: string): Promise<Attachment[]> =>
  db
    .selectFrom('mail_attachments')
    .select(['name', 'type', 'bytes'])
    .where('mail_id', '=', id)
    .orderBy('position')
    .execute()
