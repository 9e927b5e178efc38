/**
 * Every screen in every mode, size and language: nothing cut off, nothing faint, the right words on the right colour, large
 * enough from three metres, and as it looked before. `UPDATE_SNAPSHOTS=1` takes what it looks like now.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  arcMinutes,
  EASE,
  measureScreen,
  type MeasuredScreen,
  PANELS,
  THRESHOLD,
  type PanelSize,
} from './angular-size.ts'
import { buildPage } from './build-page.ts'
import { drawViews, letSee, type View } from './camera/still-camera.ts'
import { SCREENSHOTS, UPDATE, writeSheet } from './contact-sheet.ts'
import { difference, MAY_DIFFER, openDarkroom, type Darkroom, type SheetPicture } from './darkroom.ts'
import { holdStill } from './hold-still.ts'
import { launchBrowser, openKioskPage } from './kiosk-page.ts'
import { caseOf, evening, NOW, screenCases, TIME_ZONE, type ScreenCase } from './screen-cases.ts'
import { findScreenFaults } from './screen-faults.ts'

declare global {
  interface Window {
    axe: typeof axe
  }
}

const SIZES = ['1280x800', '1920x1080', '1080x1920', '800x480'] as const
const LANGUAGES = ['ru', 'en'] as const
const MODES = ['self-service', 'turnstile', 'desk'] as const
const Snapshots = z.record(z.string(), z.string())

let folder: string
let browser: Browser
let darkroom: Darkroom
let views: Readonly<Record<View, Buffer>>
beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true })
  ;[folder, browser] = await Promise.all([buildPage(), launchBrowser()])
  darkroom = await openDarkroom(browser)
  views = await drawViews(browser)
})
afterAll(() => browser.close())

const viewportOf = (size: PanelSize): { width: number; height: number } => {
  const [width = 0, height = 0] = size.split('x').map(Number)
  return { width, height }
}
const open = (size: PanelSize, language: 'ru' | 'en') =>
  openKioskPage(browser, folder, language, { viewport: viewportOf(size), timezoneId: TIME_ZONE }, { now: NOW })

type Kiosk = Awaited<ReturnType<typeof open>>
async function put(kiosk: Kiosk, { status, screen, view }: ScreenCase): Promise<void> {
  await kiosk.tell(status)
  await kiosk.show(screen)
  await kiosk.page.waitForSelector(`[data-screen=${screen.kind}][data-mode=${status.mode}]`)
  if (view) return letSee(kiosk, view, views[view])
  await kiosk.chooseCamera({ kind: 'off' })
  await kiosk.page.waitForSelector('.camera-preview', { state: 'detached' })
}
/** Pixels from which a screenshot is taken at half its size: enough to look at, and four times as quick. */
const LARGE = 1_500_000
/** Quick to encode rather than small. */
async function photograph(page: Page, name: string): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const scale = width * height > LARGE ? 0.5 : 1
  const clip = { x: 0, y: 0, width, height, scale }
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true, clip })
  await session.detach()
  const png = Buffer.from(data, 'base64')
  writeFileSync(join(SCREENSHOTS, `${name}.png`), png)
  return png
}

/** At least so large, in arc minutes at three metres; the word of an answer and its sign. */
function largeEnough(size: PanelSize, { mode, screen }: ScreenCase): { readonly word: number; readonly mark: number } {
  if (!('ms' in screen)) return { word: THRESHOLD, mark: 0 }
  const small = size === '800x480'
  // a desk is read at arm's length by whoever decides, and at three metres only as a sign
  if (mode === 'desk') return { word: 1.4 * THRESHOLD, mark: 30 }
  if (mode === 'turnstile') return { word: small ? 0.7 * EASE : EASE, mark: small ? 50 : 60 }
  return { word: small ? 1.8 * THRESHOLD : 2.5 * THRESHOLD, mark: small ? 30 : 45 }
}

/** What docs/screen.md tells of the sizes: rows of its table, as they were measured above, by the last try. */
const measured = new Map<PanelSize, string[]>()
const TOLD = ['granted', 'denied', 'check']

function rowOf(size: PanelSize, { mode, heading }: ScreenCase, { xHeight, mark }: MeasuredScreen): string {
  const minutes = (pixels: number): string => `${arcMinutes(pixels, size).toFixed(0)}′`
  return `| ${PANELS[size].name} | ${mode} | ${heading.ru} | ${minutes(xHeight)} | ${minutes(mark)} |`
}

describe.each(SIZES)('%s', (size) => {
  const file = join(import.meta.dirname, `snapshots/${size}.json`)
  const before = Snapshots.parse(UPDATE ? {} : JSON.parse(readFileSync(file, 'utf8')))
  const now: Record<string, string> = {}

  test.each(LANGUAGES)('%s', async (language) => {
    const kiosk = await open(size, language)
    const rows: string[] = []
    if (language === 'ru') measured.set(size, rows)
    await kiosk.book(evening)
    for (const one of screenCases) {
      const name = `${language}-${one.mode}-${one.name}`
      await put(kiosk, one)
      const found = await kiosk.page.evaluate(findScreenFaults)
      expect(found, name).toMatchObject({
        problems: [],
        field: one.field,
        heading: one.heading[language],
        language,
        countdowns: 'ms' in one.screen && one.screen.ms !== 'until-chosen' ? 1 : 0,
      })
      const sizes = await kiosk.page.evaluate(measureScreen)
      const least = largeEnough(size, one)
      expect(arcMinutes(sizes.xHeight, size), `${name}: the word`).toBeGreaterThan(least.word)
      expect(arcMinutes(sizes.mark, size), `${name}: the sign`).toBeGreaterThanOrEqual(least.mark)
      if (language === 'ru' && TOLD.includes(one.name)) rows.push(rowOf(size, one, sizes))
      await kiosk.page.evaluate(holdStill)
      const grid = await darkroom.grid(await photograph(kiosk.page, `${size}-${name}`))
      now[name] = grid
      if (!UPDATE) expect(difference(grid, before[name] ?? grid), `${name} looks different`).toBeLessThan(MAY_DIFFER)
    }
    expect(kiosk.complaints).toEqual([])
    await kiosk.close()
  })

  test('there is a snapshot of each, and of nothing else', () => {
    if (UPDATE) writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`)
    else expect(Object.keys(now)).toEqual(Object.keys(before))
  })
})

test('a snapshot notices another colour, a missing sign, a missing word', async () => {
  const kiosk = await open('800x480', 'ru')
  const look = async (one: ScreenCase, hidden?: string): Promise<string> => {
    await put(kiosk, one)
    await kiosk.page.evaluate(holdStill)
    await kiosk.page.evaluate((selector) => {
      for (const element of document.querySelectorAll<HTMLElement>(selector)) element.style.visibility = 'hidden'
    }, hidden ?? '.nothing')
    return darkroom.grid(await photograph(kiosk.page, 'noticed'))
  }
  const granted = await look(caseOf('self-service', 'granted'))
  expect(difference(granted, await look(caseOf('self-service', 'granted')))).toBeLessThan(MAY_DIFFER)
  expect(difference(granted, await look(caseOf('self-service', 'denied')))).toBeGreaterThan(MAY_DIFFER)
  expect(difference(granted, await look(caseOf('self-service', 'granted'), 'h1'))).toBeGreaterThan(MAY_DIFFER)
  expect(difference(granted, await look(caseOf('self-service', 'granted'), '.mark'))).toBeGreaterThan(MAY_DIFFER)
  await kiosk.close()
})

/** WCAG 2.2 to level AA, and what axe holds good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

test('axe finds nothing on any screen', async () => {
  const kiosk = await open('1280x800', 'ru')
  await kiosk.page.evaluate(axe.source)
  await kiosk.book(evening)
  for (const one of screenCases) {
    await put(kiosk, one)
    await kiosk.page.evaluate(holdStill)
    const violations = await kiosk.page.evaluate(async (rules) => {
      const { violations } = await window.axe.run(document, { runOnly: rules, resultTypes: ['violations'] })
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
    }, RULES)
    expect(violations, `${one.mode} ${one.name}`).toEqual([])
  }
  await kiosk.close()
})

test('docs/screen.md gives the sizes that are painted', () => {
  const page = join(import.meta.dirname, '../docs/screen.md')
  const head = ['| panel | mode | word | its letters | sign |', '| --- | --- | --- | --- | --- |']
  const told = readFileSync(page, 'utf8')
  const measuredRows = SIZES.flatMap((size) => measured.get(size) ?? [])
  if (UPDATE) {
    const table = `<!-- sizes -->\n\n${[...head, ...measuredRows].join('\n')}\n\n<!-- /sizes -->`
    writeFileSync(page, told.replace(/<!-- sizes -->[\s\S]*<!-- \/sizes -->/, table))
    return
  }
  const written = told.split('\n').map((line) => line.replace(/ +/g, ' '))
  expect(measuredRows).toHaveLength(SIZES.length * 3 * TOLD.length)
  expect(written.filter((line) => measuredRows.includes(line))).toEqual(measuredRows)
})

const picture = (size: PanelSize, language: string, mode: string, name: string): SheetPicture => ({
  png: readFileSync(join(SCREENSHOTS, `${size}-${language}-${mode}-${name}.png`)),
  label: `${mode} · ${name}`,
})

test('the contact sheets of docs can be made again, and weigh little', async () => {
  const front = ['idle-camera', 'granted', 'denied', 'check', 'unreadable', 'granted-offline']
  const inFront = front.map((name) => picture('1280x800', 'ru', 'self-service', name))
  await writeSheet(darkroom, 'kiosk', inFront, 3, 400)
  for (const mode of MODES) {
    const names = screenCases.filter((one) => one.mode === mode).map(({ name }) => name)
    for (const language of LANGUAGES) {
      const pictures = names.map((name) => picture('1280x800', language, mode, name))
      await writeSheet(darkroom, `kiosk-${mode}-${language}`, pictures, 4, 300)
    }
  }
  const sizes = (['800x480', '1080x1920'] as const).flatMap((size) =>
    MODES.flatMap((mode) =>
      [mode === 'turnstile' ? 'idle' : 'idle-camera', 'denied'].map((name) => ({
        ...picture(size, 'ru', mode, name),
        label: `${size} · ${mode} · ${name}`,
      })),
    ),
  )
  await writeSheet(darkroom, 'kiosk-sizes', sizes, 6, 270)
})
