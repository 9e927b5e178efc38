import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { freshDatabase } from '../testing/database.ts'
import { testMailServer, type TestMailServer } from '../testing/mail-server.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'
import type { Mail } from './mail.ts'
import { enqueueMail } from './mail.store.ts'

let smtp: TestMailServer
let servers: TestServer[]
beforeAll(async () => {
  smtp = await testMailServer()
  const url = await freshDatabase(inject('postgresUrl'))
  // senders of three servers on one outbox; one after the other, because each makes keys when it starts
  servers = []
  for (let server = 0; server < 3; server++) servers.push(await testServer(url, { mail: smtp.settings }))
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  await smtp.stop()
})
beforeEach(() => {
  smtp.received.length = 0
  smtp.asked.length = 0
})
afterEach(() => {
  smtp.onRecipient = () => 'accept'
  smtp.onMessage = () => 'accept'
})

const poster: Mail = {
  kind: 'poster',
  values: {
    venueName: 'Кафе «Ёлки»',
    address: 'Ставрополь, ул. Мира, 1',
    link: 'https://example.org/cabinet',
    replaces: false,
  },
  to: 'owner@example.org',
  locale: 'ru',
  about: { kind: 'venue', id: 5 },
}
const database = () => servers[0]?.db.sql ?? expect.unreachable()
const send = (mail: Partial<Mail> = {}): Promise<number> =>
  database()
    .transaction()
    .execute((tx) => enqueueMail(tx, { ...poster, ...mail } as Mail))
    .then(({ id }) => id)
const stateOf = (id: number) =>
  database()
    .selectFrom('mails')
    .select(['state', 'attempts', 'error', 'values', 'sent_at'])
    .where('id', '=', String(id))
    .executeTakeFirstOrThrow()
const settled = async (id: number) => {
  await until(async () => ['sent', 'bounced', 'failed'].includes((await stateOf(id)).state))
  return stateOf(id)
}

test('a mail arrives once, as plain text and HTML, with its attachment, and says that a machine made it', async () => {
  const bytes = Buffer.from('%PDF-1.7 of the test')
  const id = await send({ attachments: [{ name: 'Плакат «Ёлки».pdf', type: 'application/pdf', bytes }] })
  expect(await settled(id)).toMatchObject({ state: 'sent', attempts: 1, error: null })
  expect(smtp.received).toHaveLength(1)
  const { parsed, envelope, raw } = smtp.received[0] ?? expect.unreachable()
  expect(envelope).toEqual({ from: 'dopusk@example.org', to: ['owner@example.org'] })
  expect(parsed.subject).toBe('QR-код заведения: Кафе «Ёлки»')
  expect(parsed.from?.value).toEqual([{ name: 'Допуск', address: 'dopusk@example.org' }])
  expect(parsed.headers.get('auto-submitted')).toBe('auto-generated')
  expect(parsed.messageId).toMatch(/^<[0-9a-f-]{36}@example\.org>$/)
  for (const written of [parsed.text, String(parsed.html)]) {
    expect(written).toContain('Кафе «Ёлки»')
    expect(written).toContain('https://example.org/cabinet')
  }
  expect(parsed.attachments.map((one) => [one.filename, one.contentType, one.content.toString()])).toEqual([
    ['Плакат «Ёлки».pdf', 'application/pdf', bytes.toString()],
  ])
  // nothing of it is fetched when it is read
  expect(String(parsed.html)).not.toMatch(/<(?:img|link|script|table|iframe)|url\(|@import/i)
  expect(raw).not.toMatch(/^(?:Disposition-Notification-To|Return-Receipt-To):/im)
})

test('many mails, many senders: each is sent once', async () => {
  const ids = await Promise.all(Array.from({ length: 60 }, (_, at) => send({ to: `owner${at}@example.org` })))
  for (const id of ids) expect((await settled(id)).state).toBe('sent')
  expect(smtp.received.map(({ envelope }) => envelope.to[0]).sort()).toEqual(
    ids.map((_, at) => `owner${at}@example.org`).sort(),
  )
})

test('a server that is busy is asked again, a delay is waited for', async () => {
  let refusals = 0
  smtp.onRecipient = () => (refusals++ < 3 ? { code: 451 } : 'accept')
  smtp.onMessage = async () => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    return 'accept' as const
  }
  expect(await settled(await send())).toMatchObject({ state: 'sent', attempts: 4 })
  expect(smtp.received).toHaveLength(1)
})

test('an address that is refused bounces, and is not asked again', async () => {
  smtp.onRecipient = () => ({ code: 550 })
  expect(await settled(await send())).toMatchObject({ state: 'bounced', attempts: 1, error: 'RCPT TO 550' })
  expect(smtp.asked).toEqual(['owner@example.org'])
})

test('a mail that is refused fails, and says at which stage', async () => {
  smtp.onMessage = () => ({ code: 554 })
  expect(await settled(await send())).toMatchObject({ state: 'failed', attempts: 1, error: 'DATA 554' })
})

test('a line that goes dead before the answer: the copy carries the Message-ID of the first', async () => {
  let messages = 0
  smtp.onMessage = () => (messages++ === 0 ? 'hang up' : 'accept')
  expect(await settled(await send())).toMatchObject({ state: 'sent', attempts: 2 })
  expect(smtp.received).toHaveLength(2)
  const [first, second] = smtp.received
  expect(second?.parsed.messageId).toBe(first?.parsed.messageId)
  expect(second?.parsed.date).toEqual(first?.parsed.date)
})

test('a sender that died with its mail: another takes it over when its time is up', async () => {
  const { id } = await database()
    .transaction()
    .execute(async (tx) => {
      const mail = await enqueueMail(tx, poster)
      await tx.updateTable('mails').set({ state: 'sending', attempts: 1 }).where('id', '=', String(mail.id)).execute()
      return mail
    })
  expect(await settled(id)).toMatchObject({ state: 'sent', attempts: 2 })
})

test('a link that lets its bearer in is forgotten once it is sent', async () => {
  const id = await send({
    kind: 'invitation',
    values: {
      name: 'Анна',
      role: 'operator',
      link: 'https://example.org/join#secret',
      expiresAt: '2026-11-22T12:00:00Z',
    },
  })
  expect(await settled(id)).toMatchObject({ state: 'sent', values: null })
  expect(smtp.received[0]?.parsed.text).toContain('https://example.org/join#secret')
})

test('an address in a Cyrillic domain is reached', async () => {
  expect(await settled(await send({ to: 'info@Ёлки.рф' }))).toMatchObject({ state: 'sent' })
  // the test's server shows the envelope as people write it
  expect(smtp.received[0]?.envelope.to).toEqual(['info@ёлки.рф'])
  expect(smtp.received[0]?.raw).toContain('To: info@xn--h1adc1g.xn--p1ai\r\n')
})

test('without a mail server mails wait, the log says so once, and they leave when there is one', async () => {
  const url = await freshDatabase(inject('postgresUrl'))
  const without = await testServer(url)
  const { id } = await enqueueMail(without.db.sql, poster)
  const complaints = () => without.logLines.filter((line) => line.includes('SMTP_URL is not set'))
  await until(() => complaints().length > 0)
  await enqueueMail(without.db.sql, poster)
  const waiting = await without.ask('GET', '/metrics')
  expect(waiting.text).toContain('dopusk_mails_waiting 2')
  expect(complaints()).toHaveLength(1)
  await without.stop()

  const { received } = smtp
  const withOne = await testServer(url, { mail: smtp.settings })
  await until(() => received.length === 2)
  const row = await withOne.db.sql
    .selectFrom('mails')
    .select('attempts')
    .where('id', '=', String(id))
    .executeTakeFirst()
  expect(row?.attempts).toBe(1)
  await withOne.stop()
})

test('the log knows no address', () => {
  const log = servers.flatMap(({ logLines }) => logLines).join('')
  expect(log).toContain('mail sent')
  expect(log).not.toMatch(/owner\d*@|anna@/)
})
