/** Terminals' pages in a browser: a code is made and a kiosk comes in by it; it is approved, looked at, struck off. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { readEnrolment, spelledCode } from '../../contract/kiosk/enrolment.ts'
import { freshDatabase } from '../../server/testing/database.ts'
import { enrolDevice, type EnrolledDevice } from '../../server/testing/devices.ts'
import { someHeartbeat } from '../../server/testing/heartbeat.ts'
import type { SignedIn } from '../../server/testing/sign-in.ts'
import { testServer, until, type TestServer } from '../../server/testing/test-server.ts'
import { joinParticipant } from '../../server/register/register.store.ts'
import { launchBrowser } from '../kiosk-page.ts'
import { tell } from '../story.ts'
import { standOn } from './each-try.ts'
import { openPage, picture } from './open-page.ts'

let server: TestServer
let browser: Browser
let operator: SignedIn
let owner: SignedIn
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
async function start(): Promise<void> {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  const { sql } = server.db
  const { id } = await joinParticipant(sql, {
    inn: '2634045770',
    organisation: 'Музей',
    address: 'Ставрополь',
    email: 'museum@people.test',
  })
  await sql
    .updateTable('venues')
    .set({ name: 'Краеведческий музей' })
    .where('id', '=', server.door.entry.venue.id)
    .execute()
  await server.db.pool.query('update venues set participant_id = $1 where id = $2', [id, server.door.entry.venue.id])
  operator = await server.as([{ role: 'operator' }])
  owner = await server.as([{ role: 'owner', participantId: id }])
}
standOn(start, () => server.stop())

const beat = async (device: EnrolledDevice, change: Parameters<typeof someHeartbeat>[1] = {}): Promise<void> => {
  const token = await device.token()
  const body = JSON.stringify(someHeartbeat(new Date(), { version: '0.1.0', ...change }))
  await until(async () => (await server.ask('POST', '/v1/heartbeat', { token, body })).status === 200)
}

let device: EnrolledDevice

const life: Parameters<typeof tell>[0] = {
  'a Participant makes a code, large and as a QR code; by its text a kiosk comes in and waits': async () => {
    const { page, complaints, axe, close } = await openPage(browser, server, '/office/devices', { as: owner })
    await page.getByRole('heading', { name: 'Терминалы' }).waitFor()
    await picture(page, 'fleet-first')
    await page.getByRole('button', { name: 'Подключить терминал' }).first().click()
    await page.getByPlaceholder('Название места или его код').fill('музей')
    await page.getByRole('option').first().click()
    await page.getByRole('textbox', { name: 'Название' }).fill('Касса у входа')
    await page.getByRole('button', { name: 'Получить код' }).click()
    const code = (await page.locator('[data-code]').textContent()) ?? ''
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    await page.getByRole('timer').getByText('23:59').waitFor()
    await page.getByText('подождёт одобрения').waitFor()
    expect(await axe()).toEqual([])
    await picture(page, 'fleet-code')
    expect(spelledCode(readEnrolment(`DOPUSK-ENROL:${server.url}#${code}`)?.code ?? '')).toBe(code)
    device = await enrolDevice(server.url, code)
    await page.getByRole('button', { name: 'Готово' }).click()
    await page.reload()
    await page.getByText('Касса у входа').waitFor()
    await page.getByText('Ждёт одобрения').first().waitFor()
    expect(complaints).toEqual([])
    await close()
  },

  'the Operator approves it from its page, and sees how it is': async () => {
    const opened = await openPage(browser, server, '/office/devices', { as: operator })
    const { page, complaints, axe, close } = opened
    await page.getByText('Касса у входа').click()
    await page.getByText('Сверьте отпечаток').waitFor()
    await picture(page, 'fleet-pending')
    await page.getByRole('button', { name: 'Одобрить' }).click()
    await page.getByText('Терминал одобрен').waitFor()
    await until(() =>
      device.token().then(
        () => true,
        () => false,
      ),
    )
    const oldest = new Date(Date.now() - 3 * 3600_000).toISOString()
    await beat(device)
    await beat(device, { queue: { waiting: 14, dead: 0, fill: 0.1, last: 60, oldest } })
    await page.reload()
    await page.getByText('Посещения не уходят').first().waitFor()
    await page.getByText('14 событий').waitFor()
    expect(await axe()).toEqual([])
    await picture(page, 'fleet-device')
    await page.goto(`${server.url}/office/devices?alarm=unsent-old`)
    await page.getByText('Касса у входа').waitFor()
    expect(await axe()).toEqual([])
    await picture(page, 'fleet-alarm')
    expect(complaints).toEqual([])
    await close()
  },

  'it is renamed and struck off with a reason, and is told so': async () => {
    const { page, complaints, close } = await openPage(browser, server, `/office/devices/${device.device}`, {
      as: owner,
    })
    await page.getByRole('button', { name: 'Переименовать' }).click()
    await page.getByRole('textbox', { name: 'Название' }).fill('Касса 2')
    await page.getByRole('button', { name: 'Сохранить' }).click()
    await page.getByRole('heading', { name: 'Касса 2' }).waitFor()
    await page.getByRole('button', { name: 'Отключить' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Отключить' }).click()
    expect(await dialog.getByRole('textbox', { name: 'Причина' }).getAttribute('aria-invalid')).toBe('true')
    await dialog.getByRole('textbox', { name: 'Причина' }).fill('украден ночью')
    await picture(page, 'fleet-revoke')
    await dialog.getByRole('button', { name: 'Отключить' }).click()
    await page.getByText('Отключён: украден ночью').waitFor()
    await until(() =>
      device.token().then(
        () => false,
        (error: unknown) => String(error).includes('device-revoked'),
      ),
    )
    expect(complaints).toEqual([])
    await close()
  },
}

test('a terminal’s life on its pages', () => tell(life), 180_000)

test.each([
  ['ru', { width: 360, height: 740 }],
  ['en', { width: 360, height: 740 }],
  ['en', { width: 1280, height: 800 }],
  ['ru', { width: 1080, height: 1920 }],
] as const)('the list in %s at %o', async (language, size) => {
  const options = { as: operator, language, size }
  const { page, complaints, axe, close } = await openPage(browser, server, '/office/devices', options)
  await page.getByText('Kiosk').first().waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect(await axe()).toEqual([])
  await picture(page, `fleet-list-${language}-${size.width}`)
  expect(complaints).toEqual([])
  await close()
})
