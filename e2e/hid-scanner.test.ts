/** A scanner in HID POS mode in real Electron: who may be read, and a code of one that is played, from its report to the visit. */
import fs from 'node:fs'
import path from 'node:path'
import type Electron from 'electron'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { until } from './door.ts'
import { openRecords, type Records } from './visits.ts'
import {
  freePort,
  passIssuer,
  startKiosk,
  startServer,
  temporaryFolder,
  type KioskProcess,
  type ServerProcess,
} from './world.ts'

type DeviceHandler = (question: { deviceType: string; origin: string; device: object }) => boolean
type CheckHandler = (asking: null, permission: string, origin: string, details: { isMainFrame: boolean }) => boolean
interface Kept {
  readonly mayRead: DeviceHandler
  readonly mayAsk: CheckHandler
}

const HONEYWELL = 0x0c2e

let folder: string
let server: ServerProcess
let records: Records
let keeping: string
let kiosk: KioskProcess

/** Runs in Electron before the application, and keeps what it answers with: Chromium asks only where there is a device. */
function keepAnswers({ app }: typeof Electron): void {
  app.once('session-created', (session) => {
    const kept = {}
    Object.assign(globalThis, { kept })
    for (const [name, as] of [
      ['setDevicePermissionHandler', 'mayRead'],
      ['setPermissionCheckHandler', 'mayAsk'],
    ] as const) {
      const set = session[name].bind(session) as (handler: unknown) => void
      Object.assign(session, {
        [name]: (handler: unknown) => {
          Object.assign(kept, { [as]: handler })
          set(handler)
        },
      })
    }
  })
}

beforeAll(async () => {
  folder = temporaryFolder('hid')
  server = await startServer(path.join(folder, 'server'), await freePort())
  records = await openRecords(server)
  keeping = path.join(folder, 'keep-answers.cjs')
  fs.writeFileSync(keeping, `(${keepAnswers.toString()})(require('electron'))`)
})
// for each try its own: what is said once in the life of a kiosk was not said yet, and its page is as it is shipped
beforeEach(async () => {
  kiosk = await startKiosk(
    server,
    fs.mkdtempSync(path.join(folder, 'kiosk-')),
    { DOPUSK_CAMERA: 'off', DOPUSK_LOG_LEVEL: 'info' },
    { switches: ['-r', keeping] },
  )
})
afterEach(() => kiosk.close())
afterAll(async () => {
  await records.close()
  await server.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

const mayRead = (device: object, origin = 'app://kiosk/'): Promise<boolean> =>
  kiosk.app.evaluate((_electron, question) => (globalThis as unknown as { kept: Kept }).kept.mayRead(question), {
    deviceType: 'hid',
    origin,
    device,
  })
const mayAsk = (permission: string, origin = 'app://kiosk/', isMainFrame = true): Promise<boolean> =>
  kiosk.app.evaluate(
    (_electron, [what, from, main]) =>
      (globalThis as unknown as { kept: Kept }).kept.mayAsk(null, what, from, { isMainFrame: main }),
    [permission, origin, isMainFrame] as const,
  )

test('our page may look for scanners and read them, described or known by their maker; nothing and nobody else may', async () => {
  const scanner = { vendorId: HONEYWELL, collections: [{ usage: 2, usagePage: 0x8c }] }
  const { collections: _, ...undescribed } = scanner
  expect(await mayAsk('hid')).toBe(true)
  expect(await mayRead(scanner)).toBe(true)
  const said = (): number => kiosk.log.filter((line) => line.includes('known by their makers')).length
  expect(said()).toBe(0)
  for (let time = 0; time < 2; time++) expect(await mayRead(undescribed)).toBe(true)
  await until(() => said() === 1)

  expect(await mayRead({ ...scanner, collections: [{ usage: 6, usagePage: 1 }] })).toBe(false)
  expect(await mayRead({ vendorId: 0x1050, name: 'a security key' })).toBe(false)
  expect(await mayRead(scanner, 'https://example.org/')).toBe(false)
  expect(await mayAsk('hid', 'https://example.org/')).toBe(false)
  expect(await mayAsk('hid', 'app://kiosk/', false)).toBe(false)
  expect(await mayAsk('usb')).toBe(false)
  expect(said()).toBe(1)
})

/** From its next load on the page has two scanners of one make, as it were; `sends` gives a report of the second. */
async function playScanners(page: Page): Promise<void> {
  await kiosk.app.context().addInitScript(() => {
    const make = (): EventTarget =>
      Object.assign(new EventTarget(), {
        productName: 'Xenon',
        vendorId: 0x0c2e,
        opened: false,
        collections: [{ usagePage: 0x8c }],
        open: async () => undefined,
        sendFeatureReport: async () => undefined,
      })
    const [one, other] = [make(), make()]
    const hid = Object.assign(new EventTarget(), { getDevices: async () => [one, other] })
    Object.defineProperty(navigator, 'hid', { value: hid })
    Object.assign(window, {
      sends: (text: string) => {
        for (let at = 0; at < text.length; at += 56) {
          const piece = text.slice(at, at + 56)
          const report = new Uint8Array(63)
          report[0] = piece.length
          report.set(new TextEncoder().encode(piece), 4)
          report[62] = at + 56 < text.length ? 1 : 0
          other.dispatchEvent(
            Object.assign(new Event('inputreport'), { reportId: 2, data: new DataView(report.buffer) }),
          )
        }
      },
      pull: () => hid.dispatchEvent(Object.assign(new Event('disconnect'), { device: other })),
    })
  })
  await kiosk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload())
  await until(() => page.evaluate(() => 'sends' in window).catch(() => false))
}

test('its pass is green and a visit; pulled out, the screen says which of the two it was', async () => {
  const { window } = kiosk
  await playScanners(window)
  await window.getByText('USB-сканер (Xenon 2)', { exact: true }).waitFor()
  const pass = (await passIssuer(server))()
  await window.evaluate((text) => (globalThis as unknown as { sends(text: string): void }).sends(text), pass)
  await window.waitForSelector('[data-screen=granted]')
  await until(async () => (await records.of(pass)).length === 1)
  await window.evaluate('pull()')
  await window.getByText('USB-сканер отключён (Xenon 2)', { exact: true }).waitFor()
  await window.waitForSelector('[data-screen=idle]')
  await window.getByText('USB-сканер (Xenon)', { exact: true }).waitFor()
})
