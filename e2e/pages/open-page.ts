import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import AxeBuilder from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { SignedIn } from '../../server/testing/sign-in.ts'
import type { TestServer } from '../../server/testing/test-server.ts'

export interface OpenedPage {
  readonly page: Page
  /** what went wrong: exceptions, refused by the page's policy, asked from elsewhere, answered with 5xx */
  readonly complaints: readonly string[]
  /** What axe-core finds wrong (WCAG 2.2 AA), a line each. */
  axe(): Promise<readonly string[]>
  close(): Promise<void>
}

/** A page of the server in a context of its own. `as`: whose session the browser has. */
export async function openPage(
  browser: Browser,
  server: TestServer,
  path: string,
  {
    as,
    language = 'ru',
    size = { width: 1280, height: 800 },
    ...options
  }: BrowserContextOptions & {
    readonly as?: SignedIn
    readonly language?: 'ru' | 'en'
    readonly size?: { readonly width: number; readonly height: number }
  } = {},
): Promise<OpenedPage> {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB'
  // a message on its way out is as faint as it is gone: pages are looked at without motion, as people may ask for
  const context = await browser.newContext({ viewport: size, locale, reducedMotion: 'reduce', ...options })
  if (as) {
    const [name = '', value = ''] = as.cookie.split('=')
    await context.addCookies([{ name, value, url: server.url, httpOnly: true, sameSite: 'Strict' }])
  }
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // a refusal that the page deals with is no fault of the page
    const expected = /Failed to load resource: .* 4\d\d/.test(message.text())
    if (message.type() === 'error' && !expected) complaints.push(message.text())
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(server.url) && !/^(data|blob):/.test(url)) complaints.push(`asked for ${url}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} for ${response.url()}`)
  })
  await page.goto(server.url + path, { waitUntil: 'networkidle' })
  await page.evaluate(() => document.fonts.ready)
  return { page, complaints, axe: () => axe(page), close: () => context.close() }
}

/** Runs in an isolated world of the debugger, so the page's policy stays as it is. */
async function axe(page: Page): Promise<readonly string[]> {
  await page.evaluate(AxeBuilder.source)
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // the library's dialogs begin with a <header> of their own, inside the dialog
      rules: { 'landmark-no-duplicate-banner': { enabled: false }, 'landmark-unique': { enabled: false } },
    }),
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

declare global {
  interface Window {
    axe: typeof AxeBuilder
  }
}

/** Dialogs have come in, colours have changed: all but what turns for ever. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ends = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ends.map((one) => one.finished))
  })
}

/** Kept for people to look at where DOPUSK_SCREENS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['DOPUSK_SCREENS']
  if (folder === undefined) return
  const file = `${folder}/${name}.png`
  mkdirSync(dirname(file), { recursive: true })
  await page.screenshot({ path: file, animations: 'disabled' })
}
