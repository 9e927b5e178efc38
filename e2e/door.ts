/** A door of a test's own: server, PostgreSQL, a kiosk with a keyboard-wedge and a serial scanner, and what is recorded. */
import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { HEADERS } from '../contract/kiosk/api.ts'
import { openRecords, operator, type Records } from './visits.ts'
import {
  ended,
  freePort,
  passIssuer,
  startKiosk,
  startServer,
  temporaryFolder,
  type KioskProcess,
  type ServerProcess,
} from './world.ts'
import { typeByKeyCodes } from './x-keys.ts'

export interface SerialScanner {
  readonly path: string
  send(bytes: string | Uint8Array): void
  plug(): Promise<void>
  unplug(): Promise<void>
}

export interface Door {
  readonly folder: string
  readonly issue: Awaited<ReturnType<typeof passIssuer>>
  readonly serial: SerialScanner
  server: ServerProcess
  kiosk: KioskProcess
  records: Records
  /** By the keyboard wedge, when the screen is free: what it then shows is the answer to this. */
  scan(text: string, how?: Partial<Parameters<typeof typeByKeyCodes>[1]>): Promise<void>
  /** Holds a code up until the screen says this, as a person would: again where the scanner was not heard. */
  present(text: string, state: string): Promise<void>
  shows(state: string): Promise<void>
  linkIs(state: 'up' | 'down'): Promise<void>
  /** Until every one of these passes has a row in PostgreSQL. */
  recorded(passes: readonly string[]): Promise<void>
  /** A command of the Operator that changes the deny list, done when server and kiosk go by the new one. */
  order(...command: string[]): Promise<void>
  picture(name: string): Promise<void>
  restartServer(): Promise<void>
  restartKiosk(): Promise<void>
  close(): Promise<void>
}

export const DISPLAY = process.env['DISPLAY'] ?? ''
const SCREENSHOTS = path.resolve(import.meta.dirname, '../out/screenshots/door')

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export async function until(holds: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain`)
    await pause(25)
  }
}

/** A pair of pseudo-terminals: what is sent into one end, the kiosk reads at the other. */
export function serialScanner(at: string): SerialScanner {
  let line: ChildProcess | undefined
  return {
    path: at,
    send: (bytes) => void line?.stdin?.write(bytes),
    async plug() {
      line = spawn('socat', ['-u', 'STDIN', `pty,raw,echo=0,link=${at}`], { stdio: ['pipe', 'ignore', 'ignore'] })
      line.stdin?.on('error', () => undefined)
      await until(() => fs.existsSync(at))
    },
    async unplug() {
      line?.kill('SIGKILL')
      if (line) await ended(line)
      fs.rmSync(at, { force: true })
    },
  }
}

/** Another text for each list whose entries the kiosk has taken: it writes them to one of two files in turn. */
function heldList({ dataFolder }: KioskProcess): string {
  const files = ['deny-list-a', 'deny-list-b'].map((name) => path.join(dataFolder, 'knowledge', name))
  return files.map((file) => String(fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs)).join(' ')
}

/** @param first the screen it begins with */
export async function openDoor(name: string, environment: Record<string, string> = {}, first = 'idle'): Promise<Door> {
  fs.mkdirSync(SCREENSHOTS, { recursive: true })
  const folder = temporaryFolder(name)
  const port = await freePort()
  const serverFolder = path.join(folder, 'server')
  const serial = serialScanner(path.join(folder, 'scanner'))
  await serial.plug()
  const server = await startServer(serverFolder, port)
  const kioskWith = { DOPUSK_SERIAL: serial.path, ...environment }
  const door: Door = {
    folder,
    serial,
    server,
    issue: await passIssuer(server),
    records: await openRecords(server),
    kiosk: await startKiosk(server, path.join(folder, 'kiosk'), kioskWith),
    async scan(text, how = {}) {
      await door.shows('idle')
      await typeByKeyCodes(text, { display: DISPLAY, ...how })
    },
    async present(text, state) {
      await door.scan(text)
      try {
        await door.kiosk.window.waitForSelector(`[data-screen=${state}]`, { timeout: 5000 })
      } catch {
        await door.scan(text)
        await door.shows(state)
      }
    },
    async shows(state) {
      await door.kiosk.window.waitForSelector(`[data-screen=${state}]`, { timeout: 20_000 })
    },
    async linkIs(state) {
      await door.kiosk.window.waitForSelector(`[data-link=${state}]`, { state: 'attached', timeout: 60_000 })
    },
    recorded: (passes) =>
      until(async () => {
        for (const pass of passes) if ((await door.records.of(pass)).length === 0) return false
        return true
      }),
    async order(...command) {
      const newest = async (): Promise<string | null> =>
        (await fetch(`${door.server.url}/v1/keys`)).headers.get(HEADERS.denyList)
      const [before, held] = [await newest(), heldList(door.kiosk)]
      await operator(door.server, ...command)
      await until(async () => (await newest()) !== before && heldList(door.kiosk) !== held)
    },
    async picture(of) {
      await door.kiosk.window.screenshot({ path: path.join(SCREENSHOTS, `${of}.png`) })
    },
    async restartServer() {
      door.server = await startServer(serverFolder, port)
      await door.records.close()
      door.records = await openRecords(door.server)
    },
    async restartKiosk() {
      door.kiosk = await startKiosk(door.server, path.join(folder, 'kiosk'), kioskWith)
      await door.shows('idle')
    },
    async close() {
      await door.kiosk.close()
      await door.records.close()
      await door.server.stop()
      await serial.unplug()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
  await door.shows(first)
  return door
}
