import { z } from 'zod'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { mailApi } from '../../contract/office/mail.ts'
import { freshDatabase } from '../testing/database.ts'
import { testMailServer, type TestMailServer } from '../testing/mail-server.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'
import type { Mail } from './mail.ts'
import { enqueueMail } from './mail.store.ts'

let smtp: TestMailServer
let server: TestServer
let operator: SignedIn
beforeAll(async () => {
  smtp = await testMailServer()
  server = await testServer(await freshDatabase(inject('postgresUrl')), { mail: smtp.settings })
  operator = await server.as([{ role: 'operator' }])
})
afterAll(async () => {
  await server.stop()
  await smtp.stop()
})

const poster = (to: string, id = 1): Mail => ({
  kind: 'poster',
  values: { venueName: 'Кафе', address: 'Мира, 1', link: 'https://example.org/cabinet', replaces: false },
  to,
  locale: 'ru',
  about: { kind: 'venue', id },
  attachments: [{ name: 'a4.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF a4') }],
})
const list = async (query = '') => {
  const { status, body } = await operator.get(`/api/mails${query}`)
  expect(status).toBe(200)
  return mailApi.listMails.reply.parse(body)
}
const one = async (id: number) => (await list()).rows.find((row) => row.id === id)
const Code = z.object({ code: z.string() })

test('the Operator sees what became of each mail, and sends a bounced one again, as a new mail with its files', async () => {
  smtp.onRecipient = (address) => (address.startsWith('full') ? { code: 552 } : 'accept')
  const { id } = await enqueueMail(server.db.sql, poster('full@example.org', 17))
  await until(async () => (await one(id))?.state === 'bounced')
  expect(await one(id)).toMatchObject({
    about: { kind: 'venue', id: '17' },
    error: 'RCPT TO 552',
    attempts: 1,
    sentAt: null,
    canBeRepeated: true,
  })
  expect((await list('?aboutKind=venue&aboutId=17')).rows.map((row) => row.id)).toEqual([id])
  expect((await list('?state=bounced&search=FULL@')).total).toBe(1)
  expect((await list('?search=%25')).total).toBe(0)

  smtp.onRecipient = () => 'accept'
  const answer = await operator.post(`/api/mails/${id}/repeat`)
  expect(answer.status).toBe(200)
  const again = mailApi.repeatMail.reply.parse(answer.body)
  expect(again.id).not.toBe(id)
  await until(async () => (await one(again.id))?.state === 'sent')
  expect(await one(again.id)).toMatchObject({ repeats: id, recipient: 'full@example.org' })
  expect(smtp.received.at(-1)?.parsed.attachments[0]?.content.toString()).toBe('%PDF a4')
  const { rows } = await server.db.pool.query("select action, object_id from audit_log where action = 'mail.repeat'")
  expect(rows).toEqual([{ action: 'mail.repeat', object_id: String(id) }])
})

test('sent again, a link that lets its bearer in is forgotten in the mail that bounced', async () => {
  smtp.onRecipient = () => ({ code: 550 })
  const link = 'https://example.org/join#secret'
  const { id } = await enqueueMail(server.db.sql, {
    kind: 'password-reset',
    values: { name: 'Анна', link, expiresAt: '2026-11-24T12:00:00Z' },
    to: 'anna@example.org',
    locale: 'ru',
    about: { kind: 'account', id: 1 },
  })
  await until(async () => (await one(id))?.state === 'bounced')
  smtp.onRecipient = () => 'accept'
  const again = mailApi.repeatMail.reply.parse((await operator.post(`/api/mails/${id}/repeat`)).body)
  await until(async () => (await one(again.id))?.state === 'sent')
  expect(smtp.received.at(-1)?.parsed.text).toContain(link)
  expect((await server.db.pool.query("select 1 from mails where values::text like '%secret%'")).rowCount).toBe(0)
})

test('a mail that waits for its next attempt is tried at once, and is no second mail', async () => {
  const { id } = await server.db.sql.transaction().execute(async (tx) => {
    const mail = await enqueueMail(tx, poster('slow@example.org'))
    await tx
      .updateTable('mails')
      .set({ next_at: new Date('2100-01-01') })
      .where('id', '=', String(mail.id))
      .execute()
    return mail
  })
  expect((await one(id))?.state).toBe('queued')
  expect((await operator.post(`/api/mails/${id}/repeat`)).body).toEqual({ id })
  await until(async () => (await one(id))?.state === 'sent')
  expect(smtp.received.filter(({ envelope }) => envelope.to[0] === 'slow@example.org')).toHaveLength(1)
})

test('what is being sent, is forgotten or was never there cannot be repeated', async () => {
  const insert = async (state: 'sending' | 'sent', values: string | null): Promise<string> => {
    const row = {
      kind: 'poster',
      values,
      recipient: 'x@example.org',
      locale: 'ru',
      about_kind: 'venue',
      about_id: '1',
    } as const
    const later = new Date(Date.now() + 3_600_000)
    return (
      await server.db.sql
        .insertInto('mails')
        .values({ ...row, state, next_at: later })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id
  }
  for (const [id, status, code] of [
    [await insert('sending', '{}'), 409, 'mail-on-its-way'],
    [await insert('sent', null), 409, 'mail-forgotten'],
    ['999999', 404, 'not-found'],
    ['0', 400, 'invalid-request'],
  ] as const) {
    const answer = await operator.post(`/api/mails/${id}/repeat`)
    expect([answer.status, Code.parse(answer.body).code]).toEqual([status, code])
  }
})

test('pages, sorted both ways', async () => {
  const all = (await list()).rows.map((row) => row.id)
  const { total } = await list()
  expect(all).toHaveLength(total)
  expect((await list('?sort=createdAt')).rows.map((row) => row.id)).toEqual(all.toReversed())
  expect((await list('?size=2&page=2')).rows.map((row) => row.id)).toEqual(all.slice(2, 4))
})

test('the demonstration’s outbox is nowhere else', async () => {
  for (const path of ['/demo/outbox', '/demo/outbox/1', '/demo/outbox/1/0'])
    expect((await server.ask('GET', path)).status).toBe(404)
})

test('in the demonstration mails are read in the outbox, with their links and files', async () => {
  const demo = await testServer(await freshDatabase(inject('postgresUrl')), { demo: true })
  try {
    expect((await demo.ask('GET', '/demo/outbox')).text).toContain('empty')
    const { id } = await enqueueMail(demo.db.sql, { ...poster('<b>@example.org'.replace('<b>', 'b')), locale: 'en' })
    const secret = await enqueueMail(demo.db.sql, {
      kind: 'password-reset',
      values: { name: '<script>x</script>', link: 'https://example.org/r#token', expiresAt: '2026-11-22T12:00:00Z' },
      to: 'a@example.org',
      locale: 'en',
      about: { kind: 'account', id: 1 },
    })
    const state = async (mail: number) =>
      (await demo.db.sql.selectFrom('mails').select('state').where('id', '=', String(mail)).executeTakeFirst())?.state
    await until(async () => (await state(id)) === 'sent' && (await state(secret.id)) === 'sent')
    const index = await demo.ask('GET', '/demo/outbox')
    expect(index.headers['content-type']).toContain('text/html')
    expect(index.text).toContain(`/demo/outbox/${secret.id}`)
    const page = (await demo.ask('GET', `/demo/outbox/${secret.id}`)).text
    expect(page).toContain('https://example.org/r#token')
    expect(page).not.toContain('<script>')
    const file = await demo.ask('GET', `/demo/outbox/${id}/0`)
    expect(file.text).toBe('%PDF a4')
    expect(file.headers['content-disposition']).toContain('attachment')
    for (const path of ['/demo/outbox/7777', `/demo/outbox/${id}/9`, '/demo/outbox/x', '/demo/outbox/1e3'])
      expect((await demo.ask('GET', path)).status).toBe(404)
  } finally {
    await demo.stop()
  }
})
