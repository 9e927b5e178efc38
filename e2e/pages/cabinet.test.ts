/** A Participant's owner: invitation → cabinet → policy → poster check → staff; and what staff see of it. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { v7 } from 'uuid'
import { DeviceConfig } from '../../contract/kiosk/device-config.ts'
import { checkCharacter } from '../../contract/office/venue-code.ts'
import { freshDatabase } from '../../server/testing/database.ts'
import { registeredVenue } from '../../server/testing/registrations.ts'
import { testServer, until, type Door, type TestServer } from '../../server/testing/test-server.ts'
import { inviteColleague } from '../../server/register/staff.store.ts'
import { launchBrowser } from '../kiosk-page.ts'
import { standOn } from './each-try.ts'
import { openPage, picture } from './open-page.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
standOn(
  async () => {
    server = await testServer(await freshDatabase(inject('postgresUrl')))
  },
  () => server.stop(),
)

/** A Participant whose venue has a kiosk, and visitors of a week. */
async function withVisitors(): Promise<{ participant: number; door: Door }> {
  const { participant } = await registeredVenue(server.db.sql)
  const door = await server.addDoor()
  await server.db.sql
    .updateTable('venues')
    .set({
      participant_id: participant,
      name: 'Кафе «Уют» на Ленина',
      kind: 'cafe',
      address: 'г. Ставрополь, ул. Ленина, 1',
    })
    .where('id', '=', door.entry.venue.id)
    .execute()
  const now = Date.now()
  const rows = Array.from({ length: 900 }, (_, n) => {
    const at = now - Math.floor((((n * 7919) % 1000) / 1000) * 7 * 24 * 3600_000)
    const outcome = n % 23 === 0 ? ('denied' as const) : n % 31 === 0 ? ('check' as const) : ('granted' as const)
    return {
      venue_id: door.entry.venue.id,
      id: v7({ msecs: at }),
      access_point_id: door.entry.id,
      device_id: door.deviceId,
      presented_at: new Date(at),
      entered_at: outcome === 'granted' ? new Date(at) : null,
      decided_by: 'server' as const,
      outcome,
      flags: 0,
    }
  })
  await server.db.sql.insertInto('visits').values(rows).execute()
  return { participant, door }
}

test('an invited owner settles the doors, checks the poster, and invites staff', async () => {
  const { participant, door } = await withVisitors()
  const email = 'owner@uyut.example.org'
  await server.db.sql
    .transaction()
    .execute((tx) =>
      inviteColleague(
        tx,
        { email, name: 'Иванова Мария', role: 'owner', participantId: participant, locale: 'ru' },
        server.url,
        () => new Date(),
      ),
    )
  const mail = await server.db.sql
    .selectFrom('mails')
    .select('values')
    .where('recipient', '=', email)
    .executeTakeFirst()
  const { link } = mail?.values as { link: string }

  const { page, complaints, axe, close } = await openPage(browser, server, link.slice(server.url.length))
  await page.getByLabel('Пароль').first().fill('кофе на берегу реки утром')
  await page.getByRole('button', { name: 'Начать работу' }).click()
  await page.getByRole('heading', { level: 1, name: 'Мои места' }).waitFor()
  await page.getByText('Кафе «Уют» на Ленина').waitFor()
  expect(await axe()).toEqual([])
  await picture(page, 'cabinet/venues-ru')

  await page.getByRole('link', { name: 'Открыть' }).last().click()
  await page.getByRole('heading', { name: 'Семь дней' }).waitFor()
  await page.getByRole('img', { name: /Семь дней/ }).waitFor()
  expect(await axe()).toEqual([])
  await picture(page, 'cabinet/numbers-ru')

  await page.getByRole('tab', { name: 'Правила входа' }).click()
  await page.getByLabel('Распечатанный код').uncheck()
  await page.getByLabel('Пост охраны: решает сотрудник').check()
  await page.getByLabel('Указать часы работы').check()
  expect(await axe()).toEqual([])
  await picture(page, 'cabinet/rules-ru')
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Сохранено').waitFor()
  // and the kiosk is told
  const config = () => server.document('/v1/config', DeviceConfig, 'config', { token: door.token })
  await until(async () => (await config()).mode === 'desk')
  expect((await config()).rules.accepts).toEqual(['dynamic', 'phone'])

  // what the Operator settles meanwhile is not written over: it is shown, and then the owner's own change is taken
  await server.db.pool.query(`update venues set policy = policy || '{"mode": "turnstile"}' where id = $1`, [
    door.entry.venue.id,
  ])
  await page.getByLabel('Распечатанный код').check()
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await page.getByText('Это уже решено или изменено другим').waitFor()
  await until(() => page.getByLabel('Турникет').isChecked())
  await page.getByLabel('Распечатанный код').check()
  await page.getByRole('button', { name: 'Сохранить' }).click()
  await until(async () => (await config()).rules.accepts.length === 3)
  expect((await config()).mode).toBe('turnstile')

  await page.getByRole('tab', { name: 'Плакат' }).click()
  const shown = await page
    .getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    .first()
    .textContent()
  const code = (shown ?? '').replace('-', '').slice(0, 7)
  const typed = page.getByLabel('Код на плакате')
  await typed.fill(`${server.url}/v/${code}#${checkCharacter(code)}`)
  await typed.press('Enter')
  await page.getByText('Плакат действует').waitFor()
  await page.getByText('Это ваше место').waitFor()
  await typed.fill(`${code}${checkCharacter(code) === '0' ? '1' : '0'}`)
  await typed.press('Enter')
  await page.getByText('Опечатка: одна из букв не та').waitFor()
  const other = await registeredVenue(server.db.sql)
  await typed.fill(`${server.url}/v/${other.poster}`)
  await typed.press('Enter')
  await page.getByText('Это плакат другого Участника').waitFor()
  expect(await axe()).toEqual([])
  await picture(page, 'cabinet/poster-ru')

  await page.getByRole('link', { name: 'Сотрудники' }).click()
  await page.getByRole('button', { name: 'Пригласить сотрудника' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Имя и фамилия').fill('Петров Пётр')
  await dialog.getByLabel('Электронная почта').fill('не почта')
  await dialog.getByRole('button', { name: 'Пригласить' }).click()
  await dialog.locator('[id$="-error"]').first().waitFor()
  await dialog.getByLabel('Электронная почта').fill('petrov@uyut.example.org')
  await dialog.getByRole('button', { name: 'Пригласить' }).click()
  await page.getByRole('cell', { name: 'Петров Пётр petrov@uyut.example.org', exact: true }).waitFor()
  expect(await axe()).toEqual([])
  await picture(page, 'cabinet/people-ru')
  await page.getByRole('button', { name: 'Убрать: Петров Пётр' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Убрать' }).click()
  await page
    .getByRole('cell', { name: 'Петров Пётр petrov@uyut.example.org', exact: true })
    .waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
  await close()
})

test('staff see and have nothing to change', async () => {
  const { participant, door } = await withVisitors()
  const staff = await server.as([{ role: 'staff', participantId: participant }])
  const path = `/cabinet/venues/${door.entry.venue.id}?tab=rules`
  const { page, complaints, axe, close } = await openPage(browser, server, path, { as: staff })
  await page.getByText('Правила меняет владелец.').waitFor()
  expect(await page.getByRole('button', { name: 'Сохранить' }).count()).toBe(0)
  expect(await page.getByLabel('Распечатанный код').isDisabled()).toBe(true)
  expect(await page.getByRole('link', { name: 'Сотрудники' }).count()).toBe(0)
  expect(await axe()).toEqual([])
  await page.getByRole('tab', { name: 'Входы' }).click()
  await page.getByRole('cell', { name: 'In', exact: true }).waitFor()
  expect(await page.getByRole('button', { name: /Переименовать/ }).count()).toBe(0)
  expect(complaints).toEqual([])
  await close()
})

test.each([
  ['ru', { width: 1280, height: 800 }],
  ['en', { width: 1280, height: 800 }],
  ['ru', { width: 360, height: 740 }],
  ['en', { width: 360, height: 740 }],
  ['ru', { width: 1080, height: 1920 }],
] as const)('the cabinet in %s at %o', async (language, size) => {
  const { participant, door } = await withVisitors()
  const owner = await server.as([{ role: 'owner', participantId: participant }])
  const venue = `/cabinet/venues/${door.entry.venue.id}`
  for (const [name, path] of [
    ['venues', '/cabinet/venues'],
    ['numbers', venue],
    ['points', `${venue}?tab=points`],
    ['poster', `${venue}?tab=poster`],
    ['rules', `${venue}?tab=rules`],
    ['history', `${venue}?tab=history`],
    ['people', '/cabinet/people'],
    ['check', '/cabinet/poster'],
  ] as const) {
    const { page, complaints, axe, close } = await openPage(browser, server, path, { as: owner, language, size })
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect.soft({ name, axe: await axe() }).toEqual({ name, axe: [] })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect.soft({ name, over: Math.max(0, over) }).toEqual({ name, over: 0 })
    await picture(page, `cabinet/${name}-${language}-${size.width}`)
    expect(complaints).toEqual([])
    await close()
  }
})
