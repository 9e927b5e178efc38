import { expect, test } from 'vitest'
import { smtpDelivery } from './smtp.ts'

test('a mail that cannot be written is refused, not thrown', async () => {
  const deliver = smtpDelivery('smtp://127.0.0.1:1', { name: 'Допуск', address: 'dopusk@example.org' }, 1000)
  const mail = {
    kind: 'of no template',
    values: null,
    recipient: 'owner@example.org',
    locale: 'ru',
    messageId: '00000000-0000-4000-8000-000000000000',
    createdAt: new Date(0),
    attachments: [],
  } as const
  expect(await deliver(mail, new AbortController().signal)).toEqual({ kind: 'refused', error: 'cannot be written' })
})
