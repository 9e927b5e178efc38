import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openDatabase, type Database } from '../db/pool.ts'
import { freshDatabase } from '../testing/database.ts'
import type { Mail } from './mail.ts'
import { enqueueMail } from './mail.store.ts'

let db: Database
beforeAll(async () => {
  db = openDatabase(await freshDatabase(inject('postgresUrl')), pino({ level: 'silent' }), 1)
})
afterAll(() => db.close())

const mail: Mail = {
  kind: 'password-reset',
  values: { name: 'Анна', link: 'https://example.org/reset#1', expiresAt: '2026-11-22T12:00:00Z' },
  to: 'anna@example.org',
  locale: 'ru',
  about: { kind: 'account', id: 7 },
}
const mails = async (): Promise<number> => (await db.sql.selectFrom('mails').select('id').execute()).length

test('a mail commits with its fact, or is undone with it', async () => {
  await expect(
    db.sql.transaction().execute(async (tx) => {
      await enqueueMail(tx, mail)
      throw new Error('the fact did not come about')
    }),
  ).rejects.toThrow('the fact did not come about')
  expect(await mails()).toBe(0)

  const attachments = [{ name: 'Плакат.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF') }]
  const { id } = await db.sql.transaction().execute((tx) => enqueueMail(tx, { ...mail, attachments }))
  expect(id).toBeTypeOf('number')
  expect(await db.sql.selectFrom('mail_attachments').select(['name', 'bytes']).execute()).toEqual([
    { name: 'Плакат.pdf', bytes: Buffer.from('%PDF') },
  ])
})

test.each([
  'anna@example.org\r\nBcc: all@example.org',
  'anna@example.org, boris@example.org',
  'Анна <anna@example.org>',
  '"a b"@example.org',
  'anna@localhost',
  'anna@@example.org',
  '',
])('%j is no address to send to', async (to) => {
  const before = await mails()
  await expect(enqueueMail(db.sql, { ...mail, to })).rejects.toThrow()
  expect(await mails()).toBe(before)
})
