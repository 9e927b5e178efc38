import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { messageOf, type OutgoingMail } from './message.ts'

const stream = createTransport({ streamTransport: true, buffer: true })
async function written(mail: Partial<OutgoingMail>): Promise<Buffer> {
  const values = { venueName: 'Кафе', address: 'Мира, 1', link: 'https://example.org/', replaces: false }
  const whole: OutgoingMail = {
    kind: 'poster',
    values,
    recipient: 'owner@example.org',
    locale: 'ru',
    messageId: '018f0000-0000-7000-8000-000000000000',
    createdAt: new Date('2026-11-22T10:00:00Z'),
    attachments: [],
    ...mail,
  }
  const { message } = await stream.sendMail(messageOf(whole, { name: 'Допуск', address: 'dopusk@example.org' }))
  if (!Buffer.isBuffer(message)) throw new Error('not a buffer')
  return message
}

const HOSTILE = [
  'Кафе\r\nBcc: all@example.org',
  'Кафе\nX-Planted: 1',
  'Кафе\r\n\r\n<script>alert(1)</script>',
  'Кафе\rX-Planted: 1',
  'Кафе\u2028X-Planted: 1',
  'Кафе\u0000X-Planted: 1',
  '=?utf-8?B?DQpYLVBsYW50ZWQ6IDE=?=',
  `${'ы'.repeat(500)}\r\nX-Planted: 1`,
  '"><img src=https://evil.example/x.png>',
  '\u202Eгалп\u202C',
]
const names = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))

test('a name of a venue or a file is no header, no recipient and no HTML', async () => {
  await fc.assert(
    fc.asyncProperty(names, names, async (venueName, fileName) => {
      const raw = await written({
        values: { venueName, address: venueName, link: 'https://example.org/', replaces: false },
        attachments: [{ name: fileName, type: 'application/pdf', bytes: Buffer.from('%PDF') }],
      })
      const head = raw.subarray(0, raw.indexOf('\r\n\r\n')).toString('latin1')
      const fields = head
        .replaceAll(/\r\n[ \t]/g, ' ')
        .split('\r\n')
        .map((line) => line.split(':')[0]?.toLowerCase())
      expect(new Set(fields)).toEqual(
        new Set([
          'from',
          'to',
          'subject',
          'message-id',
          'date',
          'auto-submitted',
          'x-auto-response-suppress',
          'content-language',
          'mime-version',
          'content-type',
        ]),
      )
      expect(fields.length).toBe(10)
      const parsed = await simpleParser(raw)
      expect(parsed.bcc ?? parsed.cc).toBeUndefined()
      expect(parsed.to).toMatchObject({ value: [{ address: 'owner@example.org' }] })
      expect(String(parsed.html)).not.toMatch(/<(?:img|script)/i)
      expect(parsed.attachments).toHaveLength(1)
      expect(parsed.attachments[0]?.filename ?? '').not.toMatch(/[\r\n/\\]/)
    }),
    { seed: 5322, numRuns: 200, examples: HOSTILE.map((name) => [name, name]) },
  )
})

test('the same mail is the same message each time, boundaries aside', async () => {
  const plain = async (): Promise<unknown> => {
    const { subject, text, html, messageId, date } = await simpleParser(await written({}))
    return { subject, text, html, messageId, date }
  }
  expect(await plain()).toEqual(await plain())
})

test('a link that is no page is no link', async () => {
  const values = { venueName: 'Кафе', address: 'Мира, 1', link: 'javascript:alert(1)', replaces: false }
  await expect(written({ values })).rejects.toThrow()
})
