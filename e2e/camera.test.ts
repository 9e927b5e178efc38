/** The camera in real Electron: people walk up to it in clips, it is pulled out, its worker hangs, its decoder is damaged. */
import fs from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { holdUp, installCanvasCamera, loseCamera } from './camera/canvas-camera.ts'
import { fakeCamera, modulesOf, onPhone, outOfGlare, queueOf, writeClip } from './camera/clips.ts'
import { damagedApplication } from './camera/damaged.ts'
import { readPictures, workerUrl } from './camera/deployed-worker.ts'
import { troublesIn } from './camera/troubles.ts'
import type { Held, Scene } from './camera/scene.ts'
import { pause, until } from './door.ts'
import { launchBrowser } from './kiosk-page.ts'
import { openRecords, type Records } from './visits.ts'
import {
  freePort,
  passIssuer,
  startKiosk,
  startServer,
  temporaryFolder,
  type KioskProcess,
  type Launch,
  type ServerProcess,
} from './world.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const SCREENSHOTS = path.resolve(ROOT, 'out/screenshots/camera')
const FOREIGN = 'https://example.org/menu?table=7'

let folder: string
let server: ServerProcess
let records: Records
let issue: Awaited<ReturnType<typeof passIssuer>>
let browser: Browser
let kiosk: KioskProcess | undefined

beforeAll(async () => {
  folder = temporaryFolder('camera')
  fs.mkdirSync(SCREENSHOTS, { recursive: true })
  browser = await launchBrowser()
  server = await startServer(path.join(folder, 'server'), await freePort())
  records = await openRecords(server)
  issue = await passIssuer(server)
})
afterEach(async () => {
  await kiosk?.close()
  kiosk = undefined
})
afterAll(async () => {
  await browser.close()
  await records.close()
  await server.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

let clips = 0
/** Nobody comes: for what happens to the camera itself. */
const NOBODY: readonly (readonly Held[])[] = [[]]
const kioskSeeing = (visitors: readonly (readonly Held[])[], launch?: Launch): Promise<KioskProcess> =>
  kioskBefore(queueOf(visitors), launch)

async function kioskBefore(scene: Scene, launch: Launch = {}): Promise<KioskProcess> {
  const clip = path.join(folder, `${++clips}.mjpeg`)
  await writeClip(browser, clip, scene)
  kiosk = await startKiosk(
    server,
    path.join(folder, `kiosk-${clips}`),
    { DOPUSK_CAMERA: 'any', DOPUSK_LOG_LEVEL: 'info' },
    { ...launch, switches: [...fakeCamera(clip), ...(launch.switches ?? [])] },
  )
  await kiosk.window.waitForSelector('.camera-preview video')
  return kiosk
}

const visited = (pass: string, ms?: number): Promise<void> => until(async () => (await records.of(pass)).length > 0, ms)

describe('people walk up', () => {
  test('phone, paper, turned, dark theme, a lamp’s glare, far away, beside another code: green each, one visit each; an empty hand is nothing', async () => {
    const passes = Array.from({ length: 8 }, () => issue())
    const [phone = '', paper = '', tilted = '', sideways = '', dark = '', glare = '', far = '', beside = ''] = passes
    const { window, app, log } = await kioskSeeing([
      [onPhone(phone)],
      [onPhone(paper, { as: 'paper', size: 0.5 })],
      [onPhone(tilted, { turned: 15, x: 0.4 })],
      [],
      [onPhone(sideways, { turned: 90, y: 0.45 })],
      [onPhone(dark, { as: 'dark-screen' })],
      [onPhone(glare, { size: 0.5, glare: { x: 0.12, y: -0.05, radius: 0.1 } })],
      [onPhone(far, { size: 0.26, x: 0.6 })],
      [onPhone(FOREIGN, { as: 'paper', x: 0.25, size: 0.3 }), onPhone(beside, { x: 0.7 })],
    ])
    // whatever the session asks for from here on, and the page loaded anew, so that nothing is missed
    await app.evaluate(({ BrowserWindow, session }) => {
      const asked: string[] = []
      Object.assign(globalThis, { asked })
      session.defaultSession.webRequest.onBeforeRequest(({ url }, callback) => {
        asked.push(url)
        callback({})
      })
      BrowserWindow.getAllWindows()[0]?.webContents.reload()
    })
    await window.waitForSelector('[data-screen]')
    for (const pass of passes) await visited(pass)
    for (const pass of passes)
      expect(await records.of(pass)).toMatchObject([{ outcome: 'granted', decided_by: 'server', let_in: true }])

    const asked = await app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
    expect(asked).not.toEqual([])
    // WebAssembly was started, from our own files: nothing else can be asked for
    expect(troublesIn(log).filter((trouble) => trouble !== 'small-picture')).toEqual([])
    const elsewhere = await window.workers()[0]?.evaluate(() =>
      fetch('https://fastly.jsdelivr.net/npm/zxing-wasm').then(
        () => 'fetched',
        () => 'refused',
      ),
    )
    expect(elsewhere).toBe('refused')
    expect(asked.filter((url) => !url.startsWith('app://kiosk/'))).toEqual([])
  })

  test('a foreign code alone is grey once, however long it is held, and no visit', async () => {
    const { window } = await kioskSeeing([[onPhone(FOREIGN)], [onPhone(FOREIGN)], [onPhone(FOREIGN)]])
    await window.waitForSelector('[data-screen=unreadable]')
    await window.screenshot({ path: path.join(SCREENSHOTS, 'foreign.png') })
    await window.waitForSelector('[data-screen=idle]')
    await pause(4000)
    expect(await kiosk?.state()).toBe('idle')
  })

  test('a code in a lamp’s glare brings the advice; then held well it is read and green, and the advice is gone', async () => {
    const pass = issue()
    const { window } = await kioskBefore(outOfGlare(pass))
    await window.waitForSelector('[data-screen=idle] .advice:not(:empty)')
    await window.screenshot({ path: path.join(SCREENSHOTS, 'glare.png') })
    await window.waitForSelector('[data-screen=granted]')
    await visited(pass)
    await window.waitForSelector('[data-screen=idle]')
    expect(await window.locator('.advice').textContent()).toBe('')
  })

  test('the outline lies on the code, in the mirror', async () => {
    const { window } = await kioskSeeing([[onPhone(issue(), { x: 0.42, size: 0.4 })]])
    await window.waitForSelector('[data-screen=granted]')
    // The clip goes round and round, and the mirror comes and goes with the answers: looked at until both are there.
    const measure = (): Promise<{ x: number; y: number; height: number } | undefined> =>
      window.evaluate(() => {
        const box = document.querySelector('.camera-preview')?.getBoundingClientRect()
        const outline = document.querySelector('.camera-preview .ours .line:not([points=""])')?.getBoundingClientRect()
        if (!box || !outline || box.width === 0) return undefined
        return {
          x: (outline.left + outline.width / 2 - box.left) / box.width,
          y: (outline.top + outline.height / 2 - box.top) / box.height,
          height: outline.height / box.height,
        }
      })
    // the box is square and shows the middle of a 16:9 picture: what is left of the middle is seen right of it
    const expected = { x: 0.5 + (0.5 - 0.42) * (16 / 9), y: 0.5, height: 0.4 }
    const isNear = (a: number, b: number): boolean => Math.abs(a - b) < 0.05
    await until(async () => {
      const at = await measure()
      if (!at || !isNear(at.x, expected.x)) return false
      return isNear(at.y, expected.y) && isNear(at.height, expected.height)
    }, 30_000)
    await window.screenshot({ path: path.join(SCREENSHOTS, 'outline.png') })
  })
})

describe('photographs of codes, clean and damaged, dense and foreign', () => {
  const Line = z.object({ file: z.string(), expected: z.array(z.string()), zxingWasm: z.boolean() })
  const images = path.resolve(import.meta.dirname, 'fixtures/qr')
  const plain = (text: string): string => text.replace(/[ \t]*\r?\n/g, '\n').trimEnd()

  test('all that ZXing-C++ reads is read as it is, and nothing where there is nothing', async () => {
    const lines = fs
      .readFileSync(path.join(images, 'index.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => Line.parse(JSON.parse(line)))
    kiosk = await startKiosk(server, path.join(folder, 'fixtures'), { DOPUSK_CAMERA: 'off' })
    const readings = await readPictures(
      kiosk.window,
      workerUrl(ROOT),
      lines.map(({ file }) => ({ name: file, base64: fs.readFileSync(path.join(images, file)).toString('base64') })),
    )
    expect(readings).toHaveLength(lines.length)
    for (const [at, { file, expected, zxingWasm }] of lines.entries()) {
      const text = readings[at]?.text
      if (text === undefined) expect({ file, zxingWasm }).toEqual({ file, zxingWasm: false })
      else expect({ file, text: plain(text) }).toEqual({ file, text: plain(expected[0] ?? '') })
    }
    expect(readings.filter(({ text }) => text !== undefined)).toHaveLength(61)
  })
})

describe('what may be done', () => {
  test('the page sees; it cannot hear, cannot ask for anything else, and runs no WebAssembly of its own', async () => {
    const { window } = await kioskSeeing(NOBODY)
    const tried = await window.evaluate(async () => {
      const attempt = (what: Promise<unknown>): Promise<string> =>
        what.then(
          () => 'done',
          (error: unknown) => (error instanceof Error ? error.name : 'refused'),
        )
      const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
      return {
        see: await attempt(navigator.mediaDevices.getUserMedia({ video: true })),
        hear: await attempt(navigator.mediaDevices.getUserMedia({ audio: true })),
        both: await attempt(navigator.mediaDevices.getUserMedia({ video: true, audio: true })),
        screen: await attempt(navigator.mediaDevices.getDisplayMedia()),
        notify: await Notification.requestPermission(),
        wasm: await attempt(WebAssembly.compile(empty)),
      }
    })
    expect(tried).toMatchObject({ see: 'done', notify: 'denied', wasm: 'CompileError' })
    for (const refused of [tried.hear, tried.both, tried.screen])
      expect(refused).toMatch(/^Not(Allowed|Supported)Error$/)
  })
})

describe('what can happen to it', () => {
  test('pulled out and put back, while the screen says so; then it reads on', async () => {
    const { window, log } = await kioskSeeing(NOBODY)
    await window.evaluate(() => {
      const real = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices)
      navigator.mediaDevices.enumerateDevices = async () => []
      Object.assign(window, {
        plug: () => {
          navigator.mediaDevices.enumerateDevices = real
          navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
        },
      })
    })
    await loseCamera(window)
    await window.waitForSelector('.camera-preview', { state: 'detached' })
    await pause(1500)
    expect(await window.locator('.camera-preview').count()).toBe(0)
    await window.evaluate('plug()')
    await window.waitForSelector('.camera-preview video')
    expect(troublesIn(log)).toContain('lost')

    await installCanvasCamera(window)
    const pass = issue()
    await window.waitForSelector('.camera-preview video')
    await holdUp(window, modulesOf(pass))
    await visited(pass)
  })

  test('its worker hangs, then dies: each time another reads on', async () => {
    const { window, log } = await kioskSeeing(NOBODY)
    await installCanvasCamera(window)
    for (const [what, end] of [
      ['worker-hung', () => `{ const end = Date.now() + 5000; while (Date.now() < end); }`],
      ['worker-died', () => `setTimeout(() => { throw new Error('planted') })`],
    ] as const) {
      await until(() => window.workers().length === 1)
      // it does not answer as long as it hangs, and never when it is ended then
      window
        .workers()[0]
        ?.evaluate(end())
        .catch(() => undefined)
      await until(() => troublesIn(log).includes(what))
      const pass = issue()
      await holdUp(window, modulesOf(pass))
      await visited(pass)
    }
  })

  test('where its WebAssembly is damaged, ZXing in JavaScript reads', async () => {
    const application = damagedApplication(path.join(folder, 'damaged'))
    const { window, log } = await kioskSeeing(NOBODY, { application })
    await installCanvasCamera(window)
    expect(troublesIn(log)).toContain('slow-decoder')
    // it misses one clean code in fifteen (findings of its detector): people would turn theirs, here comes the next
    const passes = Array.from({ length: 6 }, () => issue())
    let read = 0
    for (const pass of passes) {
      await holdUp(window, modulesOf(pass))
      await pause(1500)
      read += (await records.of(pass)).length
    }
    expect(read).toBeGreaterThanOrEqual(3)
  })

  test('where frames cannot be had as a stream, pictures of the page do', async () => {
    const pass = issue()
    const { window, app } = await kioskSeeing([[onPhone(pass)]])
    await window.waitForSelector('[data-screen=granted]')
    await app.context().addInitScript(() => Reflect.deleteProperty(window, 'MediaStreamTrackProcessor'))
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload())
    await until(() => window.evaluate(() => !('MediaStreamTrackProcessor' in window)).catch(() => false))
    await installCanvasCamera(window)
    const next = issue()
    await window.waitForSelector('.camera-preview video')
    await holdUp(window, modulesOf(next))
    await visited(next)
  })
})
