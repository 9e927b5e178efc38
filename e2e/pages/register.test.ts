/** The Operator: queue → register → venue → suspend, re-issue, poster; a list taken in. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { approvedApplication } from '../../server/testing/approved-application.ts'
import { freshDatabase } from '../../server/testing/database.ts'
import { newInn, registration } from '../../server/testing/registrations.ts'
import type { SignedIn } from '../../server/testing/sign-in.ts'
import { testServer, type TestServer } from '../../server/testing/test-server.ts'
import { launchBrowser } from '../kiosk-page.ts'
import { standOn } from './each-try.ts'
import { openPage, picture } from './open-page.ts'

let server: TestServer
let browser: Browser
let operator: SignedIn
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
standOn(
  async () => {
    server = await testServer(await freshDatabase(inject('postgresUrl')))
    operator = await server.as([{ role: 'operator' }])
  },
  () => server.stop(),
)

test('an approved application becomes a venue with its poster; the code is made anew', async () => {
  const body = registration()
  const application = await approvedApplication(server.db.sql, body)
  const { page, complaints, axe, close } = await openPage(browser, server, '/office/register', { as: operator })
  await page.getByText(application.reference).waitFor()
  expect(await axe()).toEqual([])
  await picture(page, 'register/queue-ru')
  await page.getByRole('link', { name: 'Зарегистрировать', exact: true }).click()
  await page.getByRole('heading', { name: 'Регистрация Участника' }).waitFor()
  expect(await page.getByLabel('Муниципалитет').inputValue()).toBe('Ставрополь')
  await page.getByRole('button', { name: 'Ещё вход' }).click()
  expect(await axe()).toEqual([])
  await picture(page, 'register/form-ru')
  await page.getByRole('button', { name: 'Зарегистрировать' }).click()
  await page.getByRole('heading', { name: body.organisation.organisation }).waitFor()
  await page.getByText('Приглашён, ещё не входил').waitFor()
  expect(await axe()).toEqual([])
  await picture(page, 'register/participant-ru')

  await page.getByRole('link', { name: 'Кафе «Уют» 1' }).click()
  await page.getByRole('tab', { name: 'Входы' }).click()
  await page.getByRole('cell', { name: 'Вход 2', exact: true }).waitFor()
  expect(await axe()).toEqual([])
  await picture(page, 'venue/points-ru')
  await page.getByRole('tab', { name: 'Плакат' }).click()
  const code = page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  const before = await code.textContent()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Плакат А4' }).click()
  expect((await saved).suggestedFilename()).toBe(`Плакат А4 ${before ?? ''} Кафе Уют 1.pdf`)
  await page.getByRole('button', { name: 'Выпустить новый код' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Выпустить новый код' }).click()
  await page.getByText('Новый код выпущен, плакаты отправлены').waitFor()
  const after = await code.textContent()
  expect(after).not.toBe(before)
  const check = page.getByLabel('Код на плакате')
  await check.fill(before ?? '')
  await page.getByRole('button', { name: 'Проверить' }).click()
  await page.getByText('Старый плакат: снимите его').waitFor()
  expect(await axe()).toEqual([])
  await picture(page, 'venue/poster-ru')

  await page.getByRole('button', { name: 'Действия' }).click()
  await page.getByRole('menuitem', { name: 'Приостановить' }).click()
  await page.getByLabel('Причина').fill('Предписание от 22.11.2026')
  await page.getByRole('dialog').getByRole('button', { name: 'Приостановить' }).click()
  await page.getByText('Место приостановлено').waitFor()
  await page.getByText('Предписание от 22.11.2026').waitFor()
  await page.getByRole('tab', { name: 'История' }).click()
  expect(await page.getByRole('cell', { name: 'Плакаты', exact: true }).count()).toBe(2)
  expect(await axe()).toEqual([])
  await picture(page, 'venue/history-ru')
  expect(complaints).toEqual([])
  await close()
})

test('of two Operators with one application the second is told', async () => {
  const application = await approvedApplication(server.db.sql, registration())
  const path = `/office/register/new?application=${application.id}`
  const one = await openPage(browser, server, path, { as: operator })
  const two = await openPage(browser, server, path, { as: await server.as([{ role: 'operator' }]) })
  await one.page.getByRole('button', { name: 'Зарегистрировать' }).click()
  await one.page.getByText('Участник зарегистрирован').first().waitFor()
  await two.page.getByRole('button', { name: 'Зарегистрировать' }).click()
  await two.page.getByText('Это уже решено или изменено другим').waitFor()
  expect([...one.complaints, ...two.complaints]).toEqual([])
  await Promise.all([one.close(), two.close()])
})

test('a hostile name is text everywhere', async () => {
  const body = registration()
  const [venue] = body.venues
  if (!venue) throw new Error('no venue')
  const hostile = '"><img src=x onerror=alert(1)>{{7*7}}'
  const answer = await operator.post('/api/register/participants', { ...body, venues: [{ ...venue, name: hostile }] })
  expect(answer.status).toBe(200)
  const { page, complaints, close } = await openPage(browser, server, '/office/venues?search=onerror', { as: operator })
  await page.getByText(hostile).first().click()
  await page.getByRole('heading', { name: hostile }).waitFor()
  expect(await page.locator('img[src="x"]').count()).toBe(0)
  expect(complaints).toEqual([])
  await close()
})

describe('a list of venues', () => {
  const header = 'ИНН;Организация;Название;Вид;Адрес;Почта'
  const inn = newInn()
  const file = (rows: readonly string[]) => ({
    name: 'Список мест.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([header, ...rows].join('\r\n')),
  })

  test('is shown first, then taken in, with progress and a report', async () => {
    const { page, complaints, axe, close } = await openPage(browser, server, '/office/imports', { as: operator })
    expect(await axe()).toEqual([])
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('a;b\r\n1;2') })
    await page.getByText('Нет столбца «ИНН»').waitFor()
    await picture(page, 'imports/refused-ru')
    await page
      .locator('input[type=file]')
      .setInputFiles(
        file([
          `${inn};ООО «Ромашка»;Кафе «Ромашка»;кафе;г. Ставрополь, ул. Мира, 5;romashka@example.org`,
          `${inn};ООО «Ромашка»;Магазин «Ромашка»;магазин;г. Ставрополь, ул. Мира, 7;romashka@example.org`,
          `2634012340;ООО «Ошибка»;Клуб;планетарий;г. Пятигорск, ул. Мира, 7;нет`,
        ]),
      )
    await page.getByRole('heading', { name: 'Список мест.csv' }).waitFor()
    await page.getByText('Такого вида нет в списке').waitFor()
    expect(await axe()).toEqual([])
    await picture(page, 'imports/preview-ru')
    await page.getByLabel('Пригласить владельцев').uncheck()
    await page.getByRole('button', { name: 'Зарегистрировать: 2' }).click()
    await page.getByText('Загружен', { exact: true }).waitFor()
    expect(await page.getByText('Зарегистрированы').count()).toBeGreaterThan(1)
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Отчёт в Excel' }).click()
    expect((await saved).suggestedFilename()).toBe('Список мест — отчёт.xlsx')
    await picture(page, 'imports/done-ru')
    expect(complaints).toEqual([])
    await close()
  })
})

test.each([
  ['ru', { width: 1280, height: 800 }],
  ['en', { width: 360, height: 740 }],
  ['en', { width: 1280, height: 800 }],
  ['ru', { width: 360, height: 740 }],
] as const)('every page in %s at %o', async (language, size) => {
  const { body } = await operator.post('/api/register/participants', registration())
  const { participant, venues } = body as { participant: number; venues: { id: number }[] }
  const id = venues[0]?.id ?? 0
  await approvedApplication(server.db.sql, registration({ venues: 3 }))
  for (const [name, path] of [
    ['queue', '/office/register'],
    ['form', '/office/register/new'],
    ['venues', '/office/venues'],
    ['venue', `/office/venues/${id}`],
    ['rules', `/office/venues/${id}?tab=rules`],
    ['participants', '/office/participants'],
    ['participant', `/office/participants/${participant}`],
    ['imports', '/office/imports'],
  ] as const) {
    const { page, complaints, axe, close } = await openPage(browser, server, path, { as: operator, language, size })
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect.soft({ name, axe: await axe() }).toEqual({ name, axe: [] })
    // nothing is wider than the screen
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect.soft({ name, over: Math.max(0, over) }).toEqual({ name, over: 0 })
    await picture(page, `office/${name}-${language}-${size.width}`)
    expect(complaints).toEqual([])
    await close()
  }
})
