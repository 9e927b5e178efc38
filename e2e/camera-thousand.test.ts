/**
 * A thousand different passes one after the other through the camera: memory does not grow. Measured after a collection of
 * garbage: the heaps of the main process and of the window; and what the system has given to each process, worker, wasm
 * and picture buffers included.
 */
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { holdUp, installCanvasCamera } from './camera/canvas-camera.ts'
import { fakeCamera, modulesOf, queueOf, writeClip } from './camera/clips.ts'
import { until } from './door.ts'
import { launchBrowser } from './kiosk-page.ts'
import {
  freePort,
  passIssuer,
  startKiosk,
  startServer,
  temporaryFolder,
  type KioskProcess,
  type ServerProcess,
} from './world.ts'

const SCANS = 1000
/** By then everything that is kept for good is there: compiled code, pools, caches. */
const WARM = 250
const MB = 2 ** 20

let folder: string
let server: ServerProcess
let kiosk: KioskProcess

beforeAll(async () => {
  folder = temporaryFolder('thousand')
  server = await startServer(path.join(folder, 'server'), await freePort())
  const browser = await launchBrowser()
  const clip = path.join(folder, 'empty.mjpeg')
  await writeClip(browser, clip, queueOf([[]], { width: 320, height: 240, each: 15 }))
  await browser.close()
  kiosk = await startKiosk(
    server,
    path.join(folder, 'kiosk'),
    { DOPUSK_CAMERA: 'any', DOPUSK_LOG_LEVEL: 'warn' },
    { switches: [...fakeCamera(clip), '--js-flags=--expose-gc'] },
  )
  await kiosk.window.waitForSelector('.camera-preview video')
  await installCanvasCamera(kiosk.window)
})
afterAll(async () => {
  await kiosk.close()
  await server.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

interface Memory {
  readonly mainHeap: number
  readonly windowHeap: number
  readonly mainSystem: number
  readonly windowSystem: number
}

async function memory(): Promise<Memory> {
  const session = await kiosk.app.context().newCDPSession(kiosk.window)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  const main = await kiosk.app.evaluate(({ app }) => {
    globalThis.gc?.()
    const given = (type: string): number =>
      app.getAppMetrics().find((process) => process.type === type)?.memory.workingSetSize ?? 0
    return { heap: process.memoryUsage().heapUsed, browser: given('Browser'), tab: given('Tab') }
  })
  return {
    mainHeap: main.heap / MB,
    windowHeap: usedSize / MB,
    mainSystem: main.browser / 1024,
    windowSystem: main.tab / 1024,
  }
}

// once: what it costs to try again is ten minutes, and memory that grew would be counted from a warmer beginning
test(`${SCANS} scans`, { timeout: 600_000, retry: 0 }, async () => {
  const issue = await passIssuer(server)
  await kiosk.app.evaluate(({ ipcMain }) => {
    const counted = { painted: 0 }
    Object.assign(globalThis, { counted })
    ipcMain.on('painted', () => void counted.painted++)
  })
  // An answer of Playwright's may be garbage-collected under way in the main process it asks: then it is asked again.
  const painted = (): Promise<number> =>
    kiosk.app.evaluate(() => (globalThis as unknown as { counted: { painted: number } }).counted.painted).catch(() => 0)
  let warm: Memory | undefined
  for (let scan = 1; scan <= SCANS; scan++) {
    await holdUp(kiosk.window, modulesOf(issue()))
    await until(async () => (await painted()) >= scan, 20_000)
    if (scan === WARM) warm = await memory()
  }
  const after = await memory()
  const grown = (of: keyof Memory): number => after[of] - (warm?.[of] ?? 0)
  console.log(JSON.stringify({ warm, after }))
  await until(async () => (await painted()) === SCANS)
  expect(grown('mainHeap')).toBeLessThan(3)
  expect(grown('windowHeap')).toBeLessThan(3)
  // the system's view has the noise of pools that fill and are given back late
  expect(grown('mainSystem')).toBeLessThan(40)
  expect(grown('windowSystem')).toBeLessThan(40)
})
