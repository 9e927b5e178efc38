import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { enqueueMail } from '../../server/mail/mail.store.ts'
import type { Mail } from '../../server/mail/mail.ts'
import { freshDatabase } from '../../server/testing/database.ts'
import { testMailServer, type TestMailServer } from '../../server/testing/mail-server.ts'
import { testServer, until, type TestServer } from '../../server/testing/test-server.ts'
import { launchBrowser } from '../kiosk-page.ts'
import { standOn } from './each-try.ts'
import { openPage, picture } from './open-page.ts'

let smtp: TestMailServer
let server: TestServer
let browser: Browser
const poster = (to: string, id: number): Mail => ({
  kind: 'poster',
  values: {
    venueName: 'Кафе «Ёлки»',
    address: 'г. Ставрополь, ул. Мира, д. 1',
    link: 'https://example.org/cabinet',
    replaces: false,
  },
  to,
  locale: 'ru',
  about: { kind: 'venue', id },
})
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
async function start(): Promise<void> {
  smtp = await testMailServer()
  // what waits, waits long
  const patience = { firstMs: 200, longestMs: 3_600_000_000, giveUpMs: 3_600_000_000 }
  server = await testServer(await freshDatabase(inject('postgresUrl')), { mail: { ...smtp.settings, patience } })
  smtp.onRecipient = (address) =>
    address.startsWith('gone') ? { code: 550 } : address.startsWith('full') ? { code: 452 } : 'accept'
  smtp.onMessage = ({ parsed }) => (parsed.subject?.includes('Реклама') ? { code: 554 } : 'accept')
  for (const [at, to] of [
    'owner@cafe.example',
    'gone@museum.example',
    'full@gym.example',
    'info@pool.example',
  ].entries())
    await enqueueMail(server.db.sql, poster(to, at + 1))
  await enqueueMail(server.db.sql, {
    kind: 'invitation',
    values: { name: 'Анна', role: 'owner', link: 'https://example.org/a#b', expiresAt: '2026-11-22T12:00:00Z' },
    to: 'anna@cafe.example',
    locale: 'ru',
    about: { kind: 'account', id: 3 },
  })
  await until(async () => {
    const rows = await server.db.sql.selectFrom('mails').select(['state', 'attempts']).execute()
    return rows.every(
      ({ state, attempts }) => state === 'sent' || state === 'bounced' || (state === 'queued' && attempts > 0),
    )
  })
}
standOn(start, async () => {
  await server.stop()
  await smtp.stop()
})

test.each([
  ['ru', { width: 1280, height: 800 }],
  ['en', { width: 360, height: 740 }],
  ['ru', { width: 1080, height: 1920 }],
] as const)('the Operator sees what became of each mail, in %s %j', async (language, size) => {
  const operator = await server.as([{ role: 'operator' }])
  const opened = await openPage(browser, server, '/office/mails', { as: operator, language, size })
  const { page, complaints, axe, close } = opened
  await page.getByText('gone@museum.example').waitFor()
  await page
    .getByText(language === 'ru' ? 'Сервер получателя не знает этого адреса' : 'does not know this address')
    .waitFor()
  expect(await axe()).toEqual([])
  await picture(page, `mails-${language}-${size.width}`)
  expect(complaints).toEqual([])
  await close()
})

test('a mail that bounced is sent again with one press', async () => {
  smtp.onRecipient = () => 'accept'
  const operator = await server.as([{ role: 'operator' }])
  const { page, complaints, close } = await openPage(browser, server, '/office/mails?state=bounced', { as: operator })
  await page.getByRole('button', { name: 'Отправить ещё раз' }).click()
  await page.getByText('Письмо поставлено в очередь').waitFor()
  await until(() => smtp.received.some(({ envelope }) => envelope.to.includes('gone@museum.example')))
  expect(complaints).toEqual([])
  await close()
})

test('who is no Operator has no such page', async () => {
  const owner = await server.as([{ role: 'health' }])
  const { page, close } = await openPage(browser, server, '/office/mails', { as: owner })
  expect(await page.getByText('gone@museum.example').count()).toBe(0)
  await close()
})

test('the outbox of the demonstration', async () => {
  const demo = await testServer(await freshDatabase(inject('postgresUrl')), { demo: true })
  try {
    await enqueueMail(demo.db.sql, {
      ...poster('owner@cafe.example', 1),
      attachments: [{ name: 'Плакат А4.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF') }],
    })
    await enqueueMail(demo.db.sql, {
      kind: 'application-decided',
      values: {
        reference: '7K4-Q2M',
        organisation: 'ООО «Ёлки и палки»',
        decision: { kind: 'correction-asked', reason: 'Проверьте адрес' },
        link: 'https://example.org/join#abc',
      },
      to: 'owner@cafe.example',
      locale: 'ru',
      about: { kind: 'application', id: 1 },
    })
    for (const width of [1280, 360]) {
      const list = await openPage(browser, demo, '/demo/outbox', { size: { width, height: 800 } })
      await picture(list.page, `outbox-${width}`)
      expect(list.complaints).toEqual([])
      await list.page.getByText('QR-код заведения').click()
      await list.page.frameLocator('iframe').getByRole('link', { name: 'Открыть кабинет' }).waitFor()
      await picture(list.page, `outbox-mail-${width}`)
      await list.close()
    }
    const dark = await openPage(browser, demo, '/demo/outbox/2', {
      colorScheme: 'dark',
      size: { width: 800, height: 900 },
    })
    await dark.page.frameLocator('iframe').getByText('Проверьте адрес').waitFor()
    await picture(dark.page, 'outbox-mail-dark')
    await dark.close()
  } finally {
    await demo.stop()
  }
})
