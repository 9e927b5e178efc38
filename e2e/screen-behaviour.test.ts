/** How the screen behaves in time: first frames, countdowns, sounds, languages, touches, reloads. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ScreenState } from '../app/preload/kiosk-api.ts'
import { buildPage } from './build-page.ts'
import { launchBrowser, openKioskPage } from './kiosk-page.ts'
import { allWell, caseOf, evening } from './screen-cases.ts'

const SMALL = { viewport: { width: 800, height: 480 } }

let folder: string
let browser: Browser
beforeAll(async () => {
  ;[folder, browser] = await Promise.all([buildPage(), launchBrowser()])
})
afterAll(() => browser.close())

const granted: ScreenState = { kind: 'granted', scan: 7, ms: 2000 }
const denied: ScreenState = { kind: 'denied', scan: 8, ms: 5000, reason: 'restricted', reference: '7K4-Q2M' }

test('an answer is whole in its first frame: colour, word and sign at full strength, and only transforms move', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', SMALL)
  await kiosk.show({ kind: 'idle' })
  const first = await kiosk.page.evaluate(async (state) => {
    for (const listener of window.played.screens) listener(state)
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const main = document.querySelector('main')
    const dim = [...document.querySelectorAll('main, section, h1, .detail, .reference, .mark, .mark-shape')].filter(
      (element) => getComputedStyle(element).opacity !== '1',
    )
    const moved = document
      .getAnimations()
      .flatMap(({ effect }) =>
        effect instanceof KeyframeEffect ? effect.getKeyframes().flatMap((keyframe) => Object.keys(keyframe)) : [],
      )
    return {
      field: main === null ? '' : getComputedStyle(main).backgroundColor,
      heading: document.querySelector('h1')?.textContent,
      dim: dim.length,
      moved: [...new Set(moved)].filter((key) => !['offset', 'computedOffset', 'easing', 'composite'].includes(key)),
    }
  }, denied)
  expect(first).toEqual({ field: 'rgb(179, 18, 42)', heading: 'Проход не разрешён', dim: 0, moved: ['transform'] })
  await kiosk.close()
})

test('the countdown lasts exactly as long as the answer', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', SMALL)
  await kiosk.show(denied)
  await kiosk.page.locator('.countdown').waitFor()
  const ends = await kiosk.page.evaluate(() =>
    [...document.querySelectorAll('.wedge')].flatMap((half) =>
      half.getAnimations().map((animation) => animation.effect?.getComputedTiming().endTime),
    ),
  )
  expect(ends).toEqual([2500, 5000])
  await kiosk.close()
})

test('each answer painted is told once, also the same one shown again; what never got to the glass is not', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', SMALL)
  await kiosk.show(granted)
  await expect.poll(() => kiosk.painted()).toEqual([7])
  await kiosk.show(granted)
  await expect.poll(() => kiosk.painted()).toEqual([7, 7])
  await kiosk.page.evaluate(
    (states) => {
      for (const state of states) for (const listener of window.played.screens) listener(state)
    },
    [granted, denied] as const,
  )
  await expect.poll(() => kiosk.painted()).toEqual([7, 7, 8])
  await kiosk.show({ kind: 'idle' })
  await kiosk.page.locator('.idle').waitFor()
  expect(await kiosk.painted()).toEqual([7, 7, 8])
  await kiosk.close()
})

test('every answer has its own sound, played without a touch', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', SMALL)
  const answers = ['granted', 'denied', 'check', 'unreadable'].map((name) => caseOf('self-service', name))
  for (const [at, { screen }] of answers.entries()) {
    await kiosk.show(screen)
    await expect.poll(async () => (await kiosk.sounds()).length).toBe(at + 1)
  }
  expect((await kiosk.sounds()).map((url) => url.replace(/^.*\/(\w+)-.*$/, '$1'))).toEqual(
    answers.map(({ name }) => name),
  )
  expect(kiosk.complaints).toEqual([])
  await kiosk.close()
})

test('a visitor changes the language; it goes back a minute later', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', SMALL, { clock: true })
  await kiosk.show({ kind: 'idle' })
  await kiosk.page.getByRole('button', { name: 'English' }).click()
  await kiosk.page.getByRole('heading', { name: 'Show your code' }).waitFor()
  expect(await kiosk.page.locator('html').getAttribute('lang')).toBe('en')
  await kiosk.page.clock.runFor(58_000)
  expect(await kiosk.page.locator('h1').textContent()).toBe('Show your code')
  await kiosk.page.clock.runFor(3000)
  await kiosk.page.getByRole('heading', { name: 'Покажите код' }).waitFor()
  expect(await kiosk.page.locator('html').getAttribute('lang')).toBe('ru')
  await kiosk.close()
})

test('a screen reader hears the whole answer', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', SMALL)
  await kiosk.show(denied)
  const spoken = kiosk.page.locator('[aria-live=assertive]')
  await expect.poll(() => spoken.textContent()).toContain('Проход не разрешён. Подробности')
  expect(await spoken.textContent()).toContain('7K4-Q2M')
  await kiosk.close()
})

test('a window that was reloaded listens before it asks, and shows what it is told', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', SMALL)
  await kiosk.show(denied)
  await kiosk.page.reload()
  await kiosk.page.waitForFunction(() => window.played.readies > 0)
  expect(await kiosk.page.evaluate(() => window.played.listeningWhenReady)).toBe(true)
  await kiosk.tell(allWell)
  await kiosk.show(denied)
  await kiosk.page.getByRole('heading', { name: 'Проход не разрешён' }).waitFor()
  await kiosk.close()
})

test('a state it cannot draw is "out of order", never a white page; the next one is drawn', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', SMALL)
  await kiosk.page.evaluate(() => {
    const unheardOf: unknown = { kind: 'levitating' }
    for (const listener of window.played.screens) Reflect.apply(listener, undefined, [unheardOf])
  })
  await kiosk.page.getByRole('heading', { name: 'Терминал не работает' }).waitFor()
  await kiosk.show(granted)
  await kiosk.page.getByRole('heading', { name: 'Проходите' }).waitFor()
  await kiosk.close()
})

test('who asked for less motion sees the time run out all the same', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', { ...SMALL, reducedMotion: 'reduce' })
  await kiosk.show(denied)
  await kiosk.page.locator('.countdown').waitFor()
  const moving = await kiosk.page.evaluate(() =>
    document.getAnimations().map((animation) => ({
      what: animation.effect instanceof KeyframeEffect ? animation.effect.target?.className : '',
      how: animation.effect?.getTiming().easing,
    })),
  )
  expect(new Set(moving.map(({ what }) => what))).toEqual(new Set(['wedge', 'still']))
  await kiosk.close()
})

test('the desk’s actions are told with the scan they stand beside, and Enter presses none of them', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', SMALL)
  const { page } = kiosk
  await kiosk.tell({ ...allWell, mode: 'desk' })
  await kiosk.show(caseOf('desk', 'denied').screen)
  await page.getByRole('button', { name: 'Допустить…' }).click()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Space')
  expect(await kiosk.acted()).toEqual([[2, { kind: 'admit' }]])
  await kiosk.show(caseOf('desk', 'asking').screen)
  await page.getByRole('button', { name: 'Показана справка' }).click()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Не допускать' }).click()
  expect((await kiosk.acted()).slice(1)).toEqual([
    [2, { kind: 'admit', reason: 'paper-shown' }],
    [2, { kind: 'refuse' }],
  ])
  expect(await page.getByRole('button', { name: 'Код из СМС' }).isDisabled()).toBe(true)
  await kiosk.close()
})

test('an amber at a desk has no countdown, and a screen reader hears what the employee should know', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', SMALL)
  await kiosk.tell({ ...allWell, mode: 'desk' })
  await kiosk.book(evening)
  await kiosk.show(caseOf('desk', 'check-expired').screen)
  await kiosk.page.getByRole('heading', { name: 'Проверьте вручную' }).waitFor()
  expect(await kiosk.page.locator('.countdown').count()).toBe(0)
  expect(await kiosk.page.locator('[aria-live=assertive]').textContent()).toContain('Срок кода истёк')
  expect(await kiosk.page.locator('.journal li').count()).toBe(10)
  await kiosk.close()
})

test('a turnstile says one word, and a screen reader all of it', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', SMALL)
  await kiosk.tell({ ...allWell, mode: 'turnstile' })
  await kiosk.show(denied)
  await kiosk.page.getByRole('heading', { name: 'Стоп' }).waitFor()
  expect(await kiosk.page.locator('[aria-live=assertive]').textContent()).toContain('Проход не разрешён. Подробности')
  expect(await kiosk.page.locator('.detail, nav').count()).toBe(0)
  await kiosk.close()
})

test('the button that has the keyboard shows it', async () => {
  const kiosk = await openKioskPage(browser, folder, 'ru', SMALL)
  await kiosk.show({ kind: 'idle' })
  await kiosk.page.keyboard.press('Tab')
  const outline = await kiosk.page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body)
    return { on: document.activeElement?.tagName, outlineStyle, width: Number.parseFloat(outlineWidth) }
  })
  expect(outline).toMatchObject({ on: 'BUTTON', outlineStyle: 'solid' })
  expect(outline.width).toBeGreaterThanOrEqual(3)
  await kiosk.close()
})
