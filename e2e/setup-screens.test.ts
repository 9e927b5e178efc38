/** Every step of the wizard in every size and language: whole, legible, and usable with a keyboard alone. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CALIBRATION_CODES } from '../contract/kiosk/calibration.ts'
import { diagnose } from '../contract/kiosk/calibration-diagnosis.ts'
import type { DeviceStanding } from '../app/preload/setup-api.ts'
import { STEPS } from '../app/renderer/setup/wizard.ts'
import { buildPage } from './build-page.ts'
import { drawViews, letSee, type View } from './camera/still-camera.ts'
import { SCREENSHOTS, writeSheet } from './contact-sheet.ts'
import { openDarkroom, type SheetPicture } from './darkroom.ts'
import { launchBrowser, openKioskPage, type PlayedKiosk } from './kiosk-page.ts'
import { allWell } from './screen-cases.ts'
import { enrolled, open, place } from './setup-cases.ts'
import { findSetupFaults } from './setup-faults.ts'

declare global {
  interface Window {
    axe: typeof axe
  }
}

const FOLDER = join(SCREENSHOTS, 'setup')
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1080, height: 1920 },
  { width: 800, height: 480 },
] as const

const fingerprint = 'V6SS 9T64 6M2G 4QNN CNK5'
const standings: readonly DeviceStanding[] = [
  { kind: 'none', server: 'https://qr.region.example', trouble: 'refused' },
  { kind: 'enrolling', server: 'https://qr.region.example', trouble: 'unreachable' },
  { kind: 'confirming', ...place, fingerprint },
  { kind: 'pending', ...place, fingerprint },
  { kind: 'enrolled', ...place, trouble: 'refused' },
  { kind: 'unknown', ...place, trouble: 'refused' },
  { kind: 'revoked', trouble: 'other-root' },
  { kind: 'working', ...place },
]
const { alphabet, case: letters, length } = CALIBRATION_CODES
const broken = diagnose([
  { kind: 'text', text: `~${alphabet.toLowerCase()}`, msPerCharacter: 80 },
  { kind: 'text', text: `~${letters.toLowerCase()}`, msPerCharacter: 80 },
])
const well = diagnose([alphabet, letters, length].map((text) => ({ kind: 'text' as const, text, msPerCharacter: 4 })))

let folder: string
let browser: Browser
let views: Readonly<Record<View, Buffer>>
beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  ;[folder, browser] = await Promise.all([buildPage(), launchBrowser()])
  views = await drawViews(browser)
})
afterAll(() => browser.close())

describe.each(SIZES)('$width×$height', (viewport) => {
  test.each(['ru', 'en'] as const)('%s', async (language) => {
    const kiosk = await openKioskPage(browser, folder, language, { viewport })
    await kiosk.page.evaluate(axe.source)
    const pictures: SheetPicture[] = []
    const look = async (name: string): Promise<void> => {
      await kiosk.page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()))
      expect(await kiosk.page.evaluate(findSetupFaults), name).toEqual([])
      expect(await kiosk.page.evaluate(findViolations), name).toEqual([])
      const path = join(FOLDER, `${viewport.width}x${viewport.height}-${language}-${name}.png`)
      pictures.push({ png: await kiosk.page.screenshot({ path }), label: name })
    }
    await kiosk.tell({
      ...allWell,
      readers: [
        { kind: 'wedge', name: 'keyboard', live: true, lastRead: allWell.listFrom ?? '' },
        { kind: 'serial', name: '/dev/ttyACM0', live: false },
      ],
    })
    await kiosk.setUp({ ...open, settings: { ...open.settings, language } })
    for (const step of STEPS) {
      await kiosk.page.waitForSelector(`[data-step=${step}]`)
      await look(step)
      if (step === 'mode') {
        for (const by of ['rules', 'environment'] as const) {
          await kiosk.setUp({ ...open, settings: { ...open.settings, language }, fixedMode: { mode: 'desk', by } })
          await kiosk.page.waitForSelector('.modes button:disabled')
          await look(`mode-fixed-by-${by}`)
        }
        await kiosk.setUp({ ...open, settings: { ...open.settings, language } })
      }
      if (step === 'pin') {
        const next = kiosk.page.locator('footer button').last()
        await kiosk.page.keyboard.type('2468')
        await next.click()
        await look('pin-again')
        await kiosk.page.keyboard.type('2469')
        await look('pin-differs')
        await kiosk.page.keyboard.type('1')
        await kiosk.setUp({ ...open, settings: { ...open.settings, language }, typedScans: 1 })
        await kiosk.page.waitForSelector('.trouble:not(:empty)')
        await look('pin-scanned')
        await kiosk.page.keyboard.type('2468')
        await next.click()
        await kiosk.page.keyboard.type('2468')
        await look('pin-taken')
      }
      if (step === 'readers') {
        await letSee(kiosk, 'ours', views.ours)
        await look('readers-camera')
        await kiosk.chooseCamera({ kind: 'off' })
        await kiosk.page.waitForSelector('.camera-preview', { state: 'detached' })
      }
      if (step === 'enrol') {
        for (const device of standings) {
          await kiosk.setUp({ ...open, settings: { ...open.settings, language }, device })
          await kiosk.page.waitForSelector(`[data-device=${device.kind}]`)
          await look(`enrol-${device.kind}`)
        }
        await kiosk.setUp({ ...open, settings: { ...open.settings, language } })
      }
      if (step === 'calibration') {
        await kiosk.setUp({
          ...open,
          settings: { ...open.settings, language },
          calibrations: [{ reader: 'wedge', diagnosis: broken }],
        })
        await kiosk.page.waitForSelector('.advised.wrong')
        await look('calibration-broken')
        await kiosk.setUp({
          ...open,
          settings: { ...open.settings, language },
          calibrations: [{ reader: 'wedge', diagnosis: well }],
        })
        await kiosk.page.waitForSelector('.advised.well')
        await look('calibration-well')
        await kiosk.setUp({
          ...open,
          settings: { ...open.settings, language },
          calibrations: [{ reader: 'serial', diagnosis: diagnose([{ kind: 'garbage' }]) }],
        })
        await kiosk.page.waitForSelector('.advised.wrong')
        await look('calibration-serial-noise')
      }
      await kiosk.page.locator('footer button').last().click()
    }
    await kiosk.setUp({ kind: 'pin', wrong: 1, left: 4 })
    await kiosk.page.waitForSelector('[data-screen=set-up-pin]')
    await look('pin-ask')
    await kiosk.setUp({ kind: 'pin', wrong: 0, left: 5, pausedUntil: new Date(Date.now() + 60_000).toISOString() })
    await kiosk.page.waitForSelector('.keys button:disabled')
    await look('pin-paused')
    expect(kiosk.complaints).toEqual([])
    await kiosk.close()
    if (viewport === SIZES[0]) {
      const darkroom = await openDarkroom(browser)
      await writeSheet(darkroom, `kiosk-setup-${language}`, pictures, 4, 300)
      await darkroom.close()
    }
  })
})

/** Runs in the page: WCAG 2.2 to level AA, and what axe holds good practice. */
async function findViolations(): Promise<readonly string[]> {
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await window.axe.run(document, { runOnly, resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

const asked = (kiosk: PlayedKiosk): Promise<readonly unknown[]> => kiosk.page.evaluate(() => window.played.asked)

test('all of it with the keyboard alone: what is chosen is what is sent, once, at the end', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', { viewport: SIZES[0] })
  const { page } = kiosk
  await kiosk.setUp(enrolled)
  const press = async (name: RegExp): Promise<void> => {
    await page.getByRole('button', { name }).or(page.getByRole('radio', { name })).first().focus()
    await page.keyboard.press('Enter')
  }
  await press(/English/)
  await press(/Next/)
  // a screen reader says where one has come to, and the next Enter presses nothing
  const focused = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null)
  expect(await focused()).toBe('Mode')
  await page.keyboard.press('Enter')
  expect(await page.locator('[data-step]').getAttribute('data-step')).toBe('mode')
  expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).toBe('none')
  await press(/Security desk/)
  await press(/Next/)
  await page.getByRole('checkbox', { name: /ttyS0/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('group', { name: /ttyS0/ }).getByRole('button', { name: '19200' }).focus()
  await page.keyboard.press('Enter')
  await press(/Do not use/)
  await press(/Next/)
  await press(/Skip/)
  await page.keyboard.type('24681')
  await page.keyboard.press('Backspace')
  await press(/Next/)
  expect(await focused()).toBe('Protection')
  await page.keyboard.type('2468')
  await page.getByText('The PIN is taken').waitFor()
  await page.getByLabel(/Whom to call/).fill('Anna, 2-34-56')
  await press(/Next/)
  await press(/Save/)
  const requests = await asked(kiosk)
  const ttyS0 = { path: '/dev/ttyS0', baudRate: 19200 }
  expect(requests.filter((request) => JSON.stringify(request).includes('finish'))).toEqual([
    {
      kind: 'finish',
      settings: {
        mode: 'desk',
        language: 'en',
        camera: { kind: 'off' },
        serialPorts: [{ path: '/dev/ttyS1', baudRate: 9600 }, ttyS0],
        prefixes: { wedge: '', serial: '', hid: '' },
        contact: 'Anna, 2-34-56',
      },
      pin: { kind: 'new', pin: '2468' },
    },
  ])
  expect(requests).toContainEqual({ kind: 'ports', ports: [{ path: '/dev/ttyS1', baudRate: 9600 }, ttyS0] })
  expect(requests).toContainEqual({ kind: 'camera', choice: { kind: 'off' } })
  expect(requests.filter((request) => JSON.stringify(request).includes('listen'))).toMatchObject([
    { as: 'choosing' },
    { as: 'choosing' },
    { as: 'choosing' },
    { as: 'calibrating' },
    { as: 'typing' },
    { as: 'choosing' },
  ])
  await kiosk.setUp({ kind: 'closed', language: 'en' })
  await kiosk.show({ kind: 'idle' })
  await page.getByRole('heading', { name: 'Show your code' }).waitFor()
  await kiosk.close()
})

test('the upper left corner held for three seconds asks for set-up; a shorter touch or another place does not', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', { viewport: SIZES[0] }, { clock: true })
  await kiosk.show({ kind: 'idle' })
  const { mouse, clock } = kiosk.page
  for (const [x, y, ms] of [
    [20, 20, 2900],
    [600, 20, 3500],
    [20, 20, 3100],
  ] as const) {
    await mouse.move(x, y)
    await mouse.down()
    await clock.runFor(ms)
    await mouse.up()
    expect(await asked(kiosk)).toEqual(x === 20 && ms > 3000 ? [{ kind: 'open' }] : [])
  }
  await kiosk.close()
})

test('an answer that comes while set-up is open is told as painted: the window is not taken for hung', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', { viewport: SIZES[0] })
  await kiosk.setUp(enrolled)
  await kiosk.page.waitForSelector('[data-step=language]')
  await kiosk.show({ kind: 'granted', scan: 3, ms: 2000 })
  await expect.poll(() => kiosk.painted()).toEqual([3])
  await kiosk.close()
})
