import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openDatabase, type Database } from '../db/pool.ts'
import { freshDatabase } from '../testing/database.ts'
import { forgetOldMails } from './mail.jobs.ts'
import type { MailState } from '../../contract/office/mail.ts'

let db: Database
beforeAll(async () => {
  db = openDatabase(await freshDatabase(inject('postgresUrl')), pino({ level: 'silent' }), 1)
})
afterAll(() => db.close())

const DAY_MS = 24 * 3_600_000
async function mail(state: MailState, days: number, repeats: string | null = null): Promise<string> {
  const { id } = await db.sql
    .insertInto('mails')
    .values({
      kind: 'poster',
      values: '{}',
      recipient: 'owner@example.org',
      locale: 'ru',
      about_kind: 'venue',
      about_id: '1',
      state,
      repeats,
      created_at: new Date(Date.now() - days * DAY_MS),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const file = { mail_id: id, position: 0, name: 'a4.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF') }
  await db.sql.insertInto('mail_attachments').values(file).execute()
  return id
}

test('files go after a month, mails after three; what was not sent yet stays, and so does what repeats a mail that goes', async () => {
  await mail('sent', 91)
  const bounced = await mail('bounced', 91)
  const repeated = await mail('sent', 89, bounced)
  const recent = await mail('sent', 29)
  const waiting = await mail('queued', 200)
  await forgetOldMails(db.pool)
  const ids = async (): Promise<string[]> =>
    (await db.sql.selectFrom('mails').select('id').orderBy('id').execute()).map(({ id }) => id)
  expect(await ids()).toEqual([repeated, recent, waiting])
  const files = await db.sql.selectFrom('mail_attachments').select('mail_id').orderBy('mail_id').execute()
  expect(files.map((file) => file.mail_id)).toEqual([recent, waiting])
})

test('a large mailing goes too: no mail that goes looks through all others', async () => {
  await db.pool.query(
    `insert into mails (kind, values, recipient, locale, about_kind, about_id, state, created_at)
     select 'poster', '{}', 'owner@example.org', 'ru', 'venue', '1', 'sent', now() - interval '100 days'
     from generate_series(1, 30000)`,
  )
  await forgetOldMails(db.pool)
  expect((await db.pool.query("select 1 from mails where about_id = '1' and state = 'sent'")).rowCount).toBe(2)
})
