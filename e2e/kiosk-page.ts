/** The window as it is shipped, in a plain browser, with a `window.kiosk` that the test plays. */
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import type {
  CameraChoice,
  DeskSheet,
  KioskApi,
  KioskStatus,
  Language,
  ScreenState,
  StaffAction,
} from '../app/preload/kiosk-api.ts'
import type { SetupApi, SetupRequest, SetupState } from '../app/preload/setup-api.ts'

const ORIGIN = 'https://kiosk.test'
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
}

export interface PlayedKiosk {
  readonly page: Page
  show(screen: ScreenState): Promise<void>
  tell(status: KioskStatus): Promise<void>
  setUp(state: SetupState): Promise<void>
  book(sheet: DeskSheet): Promise<void>
  chooseCamera(choice: CameraChoice): Promise<void>
  /** what the employee touched, in order */
  acted(): Promise<readonly (readonly [scan: number, action: StaffAction])[]>
  /** `scan` numbers the window has called painted, in order */
  painted(): Promise<readonly number[]>
  /** addresses of the sounds played, in order */
  sounds(): Promise<readonly string[]>
  close(): Promise<void>
  /** what went wrong in the page: exceptions, refused by its policy, asked from elsewhere */
  readonly complaints: readonly string[]
}

interface Played {
  readonly screens: ((screen: ScreenState) => void)[]
  readonly statuses: ((status: KioskStatus) => void)[]
  readonly setups: ((state: SetupState) => void)[]
  /** what set-up has asked of the main process, in order */
  readonly asked: SetupRequest[]
  readonly sheets: ((sheet: DeskSheet) => void)[]
  readonly cameras: ((choice: CameraChoice) => void)[]
  readonly acted: [number, StaffAction][]
  readonly painted: number[]
  readonly sounds: string[]
  readies: number
  listeningWhenReady: boolean
}

declare global {
  interface Window {
    played: Played
  }
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--autoplay-policy=no-user-gesture-required', '--force-color-profile=srgb'],
  })
}

/** @param folder a built renderer */
export async function openKioskPage(
  browser: Browser,
  folder: string,
  language: Language,
  options: BrowserContextOptions,
  { clock = false, now }: { readonly clock?: boolean; readonly now?: Date } = {},
): Promise<PlayedKiosk> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url())
    if (url.origin !== ORIGIN) {
      complaints.push(`asked for ${url.href}`)
      return route.abort()
    }
    const path = url.pathname === '/' ? '/index.html' : url.pathname
    const contentType = TYPES[extname(path)]
    if (contentType === undefined) return route.fulfill({ status: 404 })
    return route.fulfill({ contentType, body: await readFile(join(folder, path)) })
  })
  if (clock) await page.clock.install()
  // stands still, while timers and motion go on
  if (now) await page.clock.setFixedTime(now)
  await page.addInitScript(playKiosk, language)
  await page.goto(`${ORIGIN}/`)
  await page.waitForFunction(() => window.played.readies > 0)
  await page.evaluate(() => document.fonts.ready)
  // from here on time passes only where a test lets it: what it takes to touch and to look is not counted
  if (clock) await page.clock.pauseAt(Date.now() + 1000)
  return {
    page,
    complaints,
    show: (screen) => page.evaluate((value) => window.played.screens.forEach((listener) => listener(value)), screen),
    tell: (status) => page.evaluate((value) => window.played.statuses.forEach((listener) => listener(value)), status),
    setUp: (state) => page.evaluate((value) => window.played.setups.forEach((listener) => listener(value)), state),
    book: (sheet) => page.evaluate((value) => window.played.sheets.forEach((listener) => listener(value)), sheet),
    chooseCamera: (choice) =>
      page.evaluate((value) => window.played.cameras.forEach((listener) => listener(value)), choice),
    acted: () => page.evaluate(() => window.played.acted),
    sounds: () => page.evaluate(() => window.played.sounds),
    close: () => context.close(),
    painted: () => page.evaluate(() => window.played.painted),
  }
}

/** Runs in the page, before any of its scripts. */
function playKiosk(language: Language): void {
  const played: Played = {
    screens: [],
    statuses: [],
    setups: [],
    asked: [],
    sheets: [],
    cameras: [],
    acted: [],
    painted: [],
    sounds: [],
    readies: 0,
    listeningWhenReady: false,
  }
  const kiosk: KioskApi = {
    onScreen: (listener) => {
      played.screens.push(listener)
      return () => undefined
    },
    onStatus: (listener) => {
      played.statuses.push(listener)
      return () => undefined
    },
    onDesk: (listener) => {
      played.sheets.push(listener)
      return () => undefined
    },
    act: (scan, action) => {
      played.acted.push([scan, action])
    },
    ready: () => {
      played.readies += 1
      played.listeningWhenReady = played.screens.length > 0 && played.statuses.length > 0
    },
    painted: (scan) => {
      played.painted.push(scan)
    },
    // opened when a test chooses it
    onCamera: (listener) => {
      played.cameras.push(listener)
      return () => undefined
    },
    camera: () => undefined,
    hid: () => undefined,
    language,
  }
  const kioskSetup: SetupApi = {
    onState: (listener) => {
      played.setups.push(listener)
      return () => undefined
    },
    ask: async (request) => {
      played.asked.push(request)
      return 'done'
    },
  }
  Object.assign(window, { played, kiosk, kioskSetup })
  // the page's own player, listened to
  window.Audio = class extends Audio {
    constructor(url?: string) {
      super(url)
      this.addEventListener('playing', () => played.sounds.push(this.currentSrc))
    }
  }
}
