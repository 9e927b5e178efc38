import { sql, type SelectQueryBuilder } from 'kysely'
import type { z } from 'zod'
import { assertNever } from '../../contract/assert-never.ts'
import type { Delivery, mailApi } from '../../contract/office/mail.ts'
import type { Sql } from '../db/pool.ts'
import { contains } from '../db/search.ts'
import type { Tables } from '../db/tables.ts'
import { isSecret } from '../letters/templates.ts'

export type DeliveryQuery = z.output<typeof mailApi.listMails.query>

const COLUMN = { createdAt: 'id', sentAt: 'sent_at' } as const
const descends = (sort: string): boolean => sort.startsWith('-')

/** A page of mails, newest first unless asked otherwise. */
export async function listDeliveries(db: Sql, query: DeliveryQuery): Promise<{ rows: Delivery[]; total: number }> {
  const filtered = filter(db.selectFrom('mails'), query)
  const { total } = await filtered.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
  const sort = query.sort ?? '-createdAt'
  // a mail's number grows with its time
  const column = sort.endsWith('sentAt') ? COLUMN.sentAt : COLUMN.createdAt
  const rows = await filtered
    .select(['id', 'kind', 'recipient', 'about_kind', 'about_id', 'state', 'attempts', 'error', 'repeats'])
    .select(['created_at', 'sent_at', 'next_at', sql<boolean>`values is not null`.as('has_values')])
    .orderBy(column, (order) => (descends(sort) ? order.desc().nullsLast() : order.asc().nullsLast()))
    .orderBy('id', 'desc')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return {
    total,
    rows: rows.map((row) => ({
      id: Number(row.id),
      kind: row.kind,
      recipient: row.recipient,
      about: { kind: row.about_kind, id: row.about_id },
      state: row.state,
      attempts: row.attempts,
      error: row.error,
      createdAt: row.created_at.toISOString(),
      sentAt: row.sent_at?.toISOString() ?? null,
      nextAt: row.state === 'queued' ? row.next_at.toISOString() : null,
      canBeRepeated: row.has_values,
      repeats: row.repeats === null ? null : Number(row.repeats),
    })),
  }
}

type Query = SelectQueryBuilder<Tables, 'mails', object>

function filter(query: Query, { state, kind, aboutKind, aboutId, search }: DeliveryQuery): Query {
  let filtered = query
  if (state !== undefined) filtered = filtered.where('state', '=', state)
  if (kind !== undefined) filtered = filtered.where('kind', '=', kind)
  if (aboutKind !== undefined) filtered = filtered.where('about_kind', '=', aboutKind)
  if (aboutId !== undefined) filtered = filtered.where('about_id', '=', aboutId)
  if (search !== undefined && search !== '') filtered = filtered.where(({ ref }) => contains(ref('recipient'), search))
  return filtered
}

/** `sending`: it is on its way just now; `forgotten`: what stood in it is gone. */
export type Repeated =
  { readonly kind: 'done'; readonly id: number } | { readonly kind: 'unknown' | 'sending' | 'forgotten' }

/** In a transaction: the row is locked. One that waits is tried at once; of others a copy is made, files too. */
export async function repeatMail(tx: Sql, id: number): Promise<Repeated> {
  const row = await tx.selectFrom('mails').selectAll().where('id', '=', String(id)).forUpdate().executeTakeFirst()
  if (!row) return { kind: 'unknown' }
  switch (row.state) {
    case 'sending':
      return { kind: 'sending' }
    case 'queued':
      await tx
        .updateTable('mails')
        .set({ next_at: sql<Date>`clock_timestamp()` })
        .where('id', '=', row.id)
        .execute()
      await sql`select pg_notify('changes', 'mails')`.execute(tx)
      return { kind: 'done', id }
    case 'sent':
    case 'bounced':
    case 'failed': {
      if (row.values === null) return { kind: 'forgotten' }
      const { kind, recipient, locale, about_kind, about_id } = row
      const copy = await tx
        .insertInto('mails')
        .values({ kind, values: JSON.stringify(row.values), recipient, locale, about_kind, about_id, repeats: row.id })
        .returning('id')
        .executeTakeFirstOrThrow()
      await tx
        .insertInto('mail_attachments')
        .columns(['mail_id', 'position', 'name', 'type', 'bytes'])
        .expression((query) =>
          query
            .selectFrom('mail_attachments')
            .select([sql<string>`${copy.id}::bigint`.as('mail_id'), 'position', 'name', 'type', 'bytes'])
            .where('mail_id', '=', row.id),
        )
        .execute()
      // a link that lets its bearer in lies once, in the mail that is still to go
      if (isSecret(kind)) await tx.updateTable('mails').set({ values: null }).where('id', '=', row.id).execute()
      return { kind: 'done', id: Number(copy.id) }
    }
    default:
      return assertNever(row.state)
  }
}
