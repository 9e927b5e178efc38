/** The serial reader on real ports: pseudo-terminals that socat joins in pairs, one end the scanner's, one ours. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { constants, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SerialPort } from 'serialport'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Reader, ReaderSignal } from '../ports.ts'
import { watchDevice } from './device-watch.ts'
import { createSerial } from './serial.ts'

const PATIENCE = { timeout: 20_000, interval: 10 }
vi.setConfig({ testTimeout: 60_000 })

/** A scanner on a cable. */
interface Cable {
  /** what the kiosk opens */
  readonly port: string
  send(bytes: string | Uint8Array): Promise<void>
  /** the cable is pulled: kill -9 */
  pull(): Promise<void>
}

let folder: string
let cables: ChildProcess[]
let reader: Reader | undefined
let signals: ReaderSignal[]

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dopusk-serial-'))
  cables = []
  signals = []
})

afterEach(() => {
  reader?.stop()
  for (const cable of cables) cable.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

async function plugIn(name: string): Promise<Cable> {
  const port = path.join(folder, name)
  const scanner = path.join(folder, `${name}-scanner`)
  rmSync(port, { force: true })
  rmSync(scanner, { force: true })
  const socat = spawn('socat', [`pty,raw,echo=0,link=${port}`, `pty,raw,echo=0,link=${scanner}`], { stdio: 'ignore' })
  cables.push(socat)
  await new Promise<void>((resolve, reject) => {
    socat.once('spawn', resolve)
    socat.once('error', (error) => {
      reject(new Error('socat is needed for this test: apt-get install socat', { cause: error }))
    })
  })
  await vi.waitFor(() => expect([port, scanner].every((link) => existsSync(link))).toBe(true), PATIENCE)
  return {
    port,
    async send(bytes) {
      const file = await open(scanner, constants.O_WRONLY | constants.O_NOCTTY)
      await file.writeFile(bytes)
      await file.close()
    },
    async pull() {
      socat.kill('SIGKILL')
      await once(socat, 'exit')
    },
  }
}

function read(...ports: readonly string[]): void {
  const settings = { ports: ports.map((port) => ({ path: port })), find: false, silence: 60_000, watch: watchDevice }
  reader = createSerial(SerialPort, settings, () => undefined)
  reader.start((signal) => signals.push(signal))
}

const live = (cable: Cable, is = true): ReaderSignal => ({ kind: 'live', live: is, name: cable.port })
const scan = (cable: Cable, text: string): ReaderSignal => ({ kind: 'scan', text, name: cable.port })

function heard(expected: readonly ReaderSignal[]): Promise<void> {
  return vi.waitFor(() => expect(signals).toEqual(expected), PATIENCE)
}

describe('a serial scanner', () => {
  it('is read, its codes cut and joined', async () => {
    const cable = await plugIn('one')
    read(cable.port)
    await heard([live(cable)])
    await cable.send('QP1:A')
    await heard([live(cable), { kind: 'reading' }])
    await cable.send('BC\r\nQP1:DEF\rQP1:GHI\r')
    await heard([
      live(cable),
      { kind: 'reading' },
      scan(cable, 'QP1:ABC'),
      scan(cable, 'QP1:DEF'),
      scan(cable, 'QP1:GHI'),
    ])
  })

  it('unplugged in the middle of a code loses that half only: the next whole code is read, time and again', async () => {
    let cable = await plugIn('one')
    read(cable.port)
    await heard([live(cable)])
    for (let time = 0; time < 3; time += 1) {
      await cable.send('QP1:HALF OF A CO')
      await vi.waitFor(() => expect(signals.at(-1)).toEqual({ kind: 'reading' }), PATIENCE)
      await cable.pull()
      await vi.waitFor(() => expect(signals.at(-1)).toEqual(live(cable, false)), PATIENCE)
      cable = await plugIn('one')
      await vi.waitFor(() => expect(signals.at(-1)).toEqual(live(cable)), PATIENCE)
      await cable.send(`QP1:WHOLE ${time}\r`)
      await vi.waitFor(() => expect(signals.at(-1)).toEqual(scan(cable, `QP1:WHOLE ${time}`)), PATIENCE)
    }
    const scans = signals.filter((signal) => signal.kind === 'scan')
    expect(scans).toEqual([0, 1, 2].map((time) => scan(cable, `QP1:WHOLE ${time}`)))
  })

  it('may send a megabyte of anything: garbage, and the next code is read', async () => {
    const cable = await plugIn('one')
    read(cable.port)
    await heard([live(cable)])
    await cable.send(Buffer.alloc(1_000_000, '🙂'))
    await cable.send('\rQP1:NEXT\r')
    await heard([live(cable), { kind: 'garbage', length: 4097, name: cable.port }, scan(cable, 'QP1:NEXT')])
  })

  it('is one of two: each has its own codes, and one works on when the other is pulled', async () => {
    const one = await plugIn('one')
    const two = await plugIn('two')
    read(one.port, two.port)
    await vi.waitFor(() => expect(signals).toHaveLength(2), PATIENCE)
    signals = []
    await one.send('QP1:ON')
    await heard([{ kind: 'reading' }])
    await two.send('QP1:TWO\r')
    await vi.waitFor(() => expect(signals).toContainEqual(scan(two, 'QP1:TWO')), PATIENCE)
    await two.pull()
    await vi.waitFor(() => expect(signals.at(-1)).toEqual(live(two, false)), PATIENCE)
    await one.send('E STILL HERE\r')
    await vi.waitFor(() => expect(signals.at(-1)).toEqual(scan(one, 'QP1:ONE STILL HERE')), PATIENCE)
  })
})
