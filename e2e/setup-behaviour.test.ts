/** How the wizard behaves in a real browser: what a scanner types into it, signs of life, and what covers an answer. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCode } from '../contract/kiosk/enrolment.ts'
import { buildPage } from './build-page.ts'
import { launchBrowser, openKioskPage, type PlayedKiosk } from './kiosk-page.ts'
import { enrolled, open } from './setup-cases.ts'

const WIDE = { viewport: { width: 1280, height: 800 } }

let folder: string
let browser: Browser
beforeAll(async () => {
  ;[folder, browser] = await Promise.all([buildPage(), launchBrowser()])
})
afterAll(() => browser.close())

const asked = (kiosk: PlayedKiosk): Promise<readonly { readonly kind: string }[]> =>
  kiosk.page.evaluate(() => window.played.asked)

test.each(['before it is drawn', 'before it is painted'])(
  'an answer that set-up covers %s is told as painted too: nobody waits for it',
  async (when) => {
    const kiosk = await openKioskPage(browser, folder, 'ru', WIDE)
    await kiosk.show({ kind: 'idle' })
    await kiosk.page.evaluate(
      async ({ setup, drawn }) => {
        for (const listener of window.played.screens) listener({ kind: 'granted', scan: 3, ms: 2000 })
        // React draws it when the task's own work is done, and no frame is painted yet
        if (drawn) await Promise.resolve().then(() => undefined)
        for (const listener of window.played.setups) listener(setup)
      },
      { setup: enrolled, drawn: when === 'before it is painted' },
    )
    await expect.poll(() => kiosk.painted()).toEqual([3])
    await kiosk.close()
  },
)

const PASS = 'QP1:AB 12 CD 34'

test('what a scanner types into a field leaves it again; what a person typed before it stays', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', WIDE, { clock: true })
  const { page } = kiosk
  const fields = {
    contact: () => page.getByLabel('Кого позвать').inputValue(),
    address: () => page.getByLabel('Адрес сервера').inputValue(),
    code: async () => (await page.locator('.code-boxes i').allTextContents()).join(''),
  }
  let scans = 0
  const scanned = (): Promise<void> => kiosk.setUp({ ...open, typedScans: ++scans })
  for (const [name, step, byHand] of [
    ['contact', 'pin', 'Anna'],
    ['address', 'enrol', 'qr.region'],
    ['code', 'enrol', '7K2M'],
  ] as const) {
    await kiosk.setUp({ kind: 'closed', language: 'ru' })
    await kiosk.setUp({ ...open, typedScans: scans })
    await page.waitForSelector('[data-step=enrol]')
    if (step === 'pin') await page.getByRole('button', { name: /Защита/ }).click()
    if (name === 'contact') await page.getByLabel('Кого позвать').focus()
    if (name === 'address') await page.getByLabel('Адрес сервера').focus()
    await page.keyboard.type(byHand)
    expect(await fields[name](), name).toBe(byHand)
    await page.clock.runFor(1000)
    await page.keyboard.type(PASS.repeat(10))
    expect(await fields[name](), name).not.toBe(byHand)
    await scanned()
    await expect.poll(fields[name]).toBe(byHand)
    // a scan of which no key came here
    await page.clock.runFor(5000)
    await scanned()
    expect(await fields[name](), name).toBe(byHand)
  }
  await kiosk.close()
})

test('the spaces of a scan press no button, and a person’s Enter does', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', WIDE)
  const { page } = kiosk
  await kiosk.setUp(open)
  await page.getByRole('button', { name: 'Пропустить' }).focus()
  await page.keyboard.type(PASS)
  expect(await page.locator('main').getAttribute('data-step')).toBe('enrol')
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-step=language]')
  await kiosk.setUp({ kind: 'pin', wrong: 0, left: 5 })
  await page.getByRole('button', { name: 'Назад' }).focus()
  await page.keyboard.press('Space')
  expect(await asked(kiosk)).not.toContainEqual({ kind: 'cancel' })
  await page.keyboard.press('Enter')
  expect(await asked(kiosk)).toContainEqual({ kind: 'cancel' })
  await kiosk.close()
})

test('a touch and a key tell that somebody is there, once a minute at most', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', WIDE, { clock: true })
  const { page } = kiosk
  await kiosk.setUp(enrolled)
  await page.waitForSelector('[data-step=language]')
  const signs = async (): Promise<number> => (await asked(kiosk)).filter(({ kind }) => kind === 'alive').length
  for (const [at, sign] of [
    () => page.mouse.click(640, 700),
    () => page.keyboard.press('ArrowDown'),
    () => page.mouse.click(640, 700),
  ].entries()) {
    await page.clock.runFor(61_000)
    await sign()
    await sign()
    expect(await signs()).toBe(at + 1)
  }
  await kiosk.close()
})

test('Enter in the address connects with a code that is whole', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', WIDE)
  const { page } = kiosk
  const code = newCode(new Uint8Array(16).fill(7))
  await kiosk.setUp(open)
  await page.waitForSelector('[data-step=enrol]')
  const enrolments = async (): Promise<unknown> => (await asked(kiosk)).filter(({ kind }) => kind === 'enrol')
  await page.getByLabel('Адрес сервера').fill('qr.region.example')
  await page.keyboard.press('Enter')
  expect(await enrolments()).toEqual([])
  await page.locator('.code-boxes').click()
  await page.getByLabel('Адрес сервера').blur()
  await page.keyboard.type(code)
  await page.getByLabel('Адрес сервера').focus()
  await page.keyboard.press('Enter')
  expect(await enrolments()).toEqual([{ kind: 'enrol', server: 'https://qr.region.example', code }])
  await kiosk.close()
})

test('a camera that was chosen and is not there is shown as the one that is chosen', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', WIDE)
  const { page } = kiosk
  const camera = { kind: 'chosen', deviceId: 'gone', label: 'Logitech C920' } as const
  await kiosk.setUp({ ...enrolled, settings: { ...enrolled.settings, camera } })
  await page.getByRole('button', { name: /Считыватели/ }).click()
  const chosen = page.getByRole('radio', { checked: true })
  await chosen.getByText('Logitech C920').waitFor()
  expect(await chosen.count()).toBe(1)
  await page.getByRole('radio', { name: 'Любая' }).click()
  expect(await chosen.allTextContents()).toEqual(['Любая'])
  await kiosk.close()
})

test.each([
  ['not-saved', 'Не удалось записать на диск'],
  ['refused', 'Терминал не принял настройки'],
] as const)('settings that are not kept (%s) say why, until another step', async (answer, words) => {
  const kiosk = await openKioskPage(browser, folder, 'ru', WIDE)
  const { page } = kiosk
  await kiosk.setUp(enrolled)
  await page.evaluate((said) => Object.assign(window.kioskSetup, { ask: async () => said }), answer)
  await page.getByRole('button', { name: /Готово/ }).click()
  await page.getByRole('button', { name: 'Сохранить и начать' }).click()
  await page.getByRole('alert').getByText(words).waitFor()
  await page.getByRole('button', { name: 'Назад' }).click()
  await page.waitForSelector('[data-step=pin]')
  expect(await page.getByText(words).count()).toBe(0)
  await kiosk.close()
})

test('a pause after wrong PINs is an alert once; its seconds go by beside it, unspoken', async () => {
  const now = new Date('2026-11-22T19:04:12+03:00')
  const kiosk = await openKioskPage(browser, folder, 'ru', WIDE, { clock: true, now })
  const { page } = kiosk
  const pausedUntil = new Date(now.getTime() + 40_000).toISOString()
  await kiosk.setUp({ kind: 'pin', wrong: 0, left: 5, pausedUntil })
  const line = page.locator('.trouble')
  await expect.poll(() => line.textContent()).toBe('Слишком много попыток. Подождите 40 с')
  const alert = await page.getByRole('alert').textContent()
  await page.clock.setFixedTime(new Date(now.getTime() + 10_000))
  // the page's clock stands still but for this
  await page.clock.runFor(1000)
  await expect.poll(() => line.textContent()).toBe('Слишком много попыток. Подождите 30 с')
  expect(await page.getByRole('alert').textContent()).toBe(alert)
  await kiosk.close()
})

test('what is entered is spoken as text: of a PIN how many digits, of a code how many characters', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', WIDE)
  const { page } = kiosk
  await kiosk.setUp(open)
  await page.keyboard.type('7K2')
  await expect.poll(() => page.getByRole('status').textContent()).toBe('Код подключения. Введено знаков: 3 из 12')
  // the pad says nothing of itself
  expect(await page.locator('[aria-live=polite]').locator('.code-pad').count()).toBe(0)
  await kiosk.setUp({ kind: 'pin', wrong: 0, left: 5 })
  await page.waitForSelector('[data-screen=set-up-pin]')
  await page.keyboard.type('24')
  await expect.poll(() => page.getByRole('status').textContent()).toBe('Введено цифр: 2')
  await kiosk.close()
})
