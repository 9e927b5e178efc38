import fs from 'node:fs'
import { SerialPortMock } from 'serialport'
import { afterEach, describe, expect, it } from 'vitest'
import type { ReaderSignal } from '../ports.ts'
import { SCANNER_MAKES, scannerAt } from './scanner-table.ts'
import type { SerialPortClass, SerialTrouble } from './serial-line.ts'
import { createSerial, type SerialSettings } from './serial.ts'
import { eventually } from '../testing/eventually.ts'

const ZEBRA = { vendorId: '05e0', productId: '1701' }

/** By hand, since @serialport/binding-mock declares no types where `import` looks for them. */
interface MockBinding {
  createPort(path: string, ids?: { vendorId: string; productId: string }): void
  reset(): void
}
interface MockPort {
  emitData(bytes: Uint8Array): void
}
const system = SerialPortMock.binding as unknown as MockBinding

let opened: SerialPortMock[] = []
/** serialport's own mock; each instance is kept, so that a test can send bytes through it. */
class Port extends SerialPortMock {
  constructor(options: ConstructorParameters<typeof SerialPortMock>[0]) {
    super(options)
    opened.push(this)
  }
}

let stop: (() => void) | undefined
let signals: ReaderSignal[] = []
let troubles: SerialTrouble[] = []

function begin(settings: SerialSettings, SerialPort: SerialPortClass = Port): void {
  const reader = createSerial(SerialPort, settings, (trouble) => troubles.push(trouble), 5)
  reader.start((signal) => signals.push(signal))
  stop = () => reader.stop()
}

function send(path: string, bytes: string): void {
  const port = opened.findLast((candidate) => candidate.path === path && candidate.isOpen)
  const mock = port?.port as unknown as MockPort | undefined
  mock?.emitData(Buffer.from(bytes, 'latin1'))
}

afterEach(() => {
  stop?.()
  system.reset()
  opened = []
  signals = []
  troubles = []
})

describe('serial scanners', () => {
  it('are found by their USB ids, come and go, and come again', async () => {
    begin({ ports: [], find: true })
    system.createPort('/dev/modem', { vendorId: '1d6b', productId: '0104' })
    for (let time = 0; time < 2; time += 1) {
      system.createPort('/dev/scanner', ZEBRA)
      await eventually(() => expect(signals.at(-1)).toEqual({ kind: 'live', live: true, name: 'Zebra' }))
      send('/dev/scanner', 'QP1:A')
      await eventually(() => expect(signals.at(-1)).toEqual({ kind: 'reading' }))
      send('/dev/scanner', 'BC\r\n')
      await eventually(() => expect(signals.at(-1)).toEqual({ kind: 'scan', text: 'QP1:ABC', name: 'Zebra' }))
      system.reset()
      await eventually(() => expect(signals.at(-1)).toEqual({ kind: 'live', live: false, name: 'Zebra' }))
    }
    expect(opened.map((port) => port.path)).toEqual(['/dev/scanner', '/dev/scanner'])
    expect(troubles).toEqual([])
  })

  it('are the same ones in another socket, and told apart where there are two of a make', async () => {
    begin({ ports: [], find: true })
    system.createPort('/dev/one', ZEBRA)
    await eventually(() => expect(signals.at(-1)).toEqual({ kind: 'live', live: true, name: 'Zebra' }))
    system.createPort('/dev/two', ZEBRA)
    await eventually(() => expect(signals.at(-1)).toEqual({ kind: 'live', live: true, name: 'Zebra 2' }))
    system.reset()
    await eventually(() => expect(signals).toHaveLength(4))
    system.createPort('/dev/three', ZEBRA)
    await eventually(() => expect(signals.at(-1)).toEqual({ kind: 'live', live: true, name: 'Zebra' }))
  })

  it('that are chosen by path are not opened a second time for being found', async () => {
    system.createPort('/dev/scanner', ZEBRA)
    let looks = 0
    class Counting extends Port {
      static override list = () => {
        looks += 1
        return SerialPortMock.list()
      }
    }
    begin({ ports: [{ path: '/dev/scanner', baudRate: 115_200 }], find: true }, Counting)
    await eventually(() => expect(looks).toBeGreaterThan(2))
    expect(opened.map((port) => [port.path, port.baudRate])).toEqual([['/dev/scanner', 115_200]])
    expect(signals).toEqual([{ kind: 'live', live: true, name: '/dev/scanner' }])
  })

  it('that are not there yet are told of once, and opened when they come', async () => {
    begin({ ports: [{ path: '/dev/late' }], find: false })
    await eventually(() => expect(opened.length).toBeGreaterThan(1))
    expect(signals).toEqual([{ kind: 'live', live: false, name: '/dev/late' }])
    expect(troubles).toMatchObject([{ kind: 'cannot-open', path: '/dev/late' }])
    system.createPort('/dev/late')
    await eventually(() => expect(signals.at(-1)).toEqual({ kind: 'live', live: true, name: '/dev/late' }))
    send('/dev/late', 'x'.repeat(5000))
    await eventually(() => expect(signals.at(-1)).toEqual({ kind: 'garbage', length: 4097, name: '/dev/late' }))
  })

  it('are read by path on a system that cannot list ports; that is said once', async () => {
    system.createPort('/dev/chosen')
    let looks = 0
    class Unlisted extends Port {
      static override list = () => {
        looks += 1
        return Promise.reject(new Error('spawn udevadm ENOENT'))
      }
    }
    begin({ ports: [{ path: '/dev/chosen' }], find: true }, Unlisted)
    await eventually(() => expect(looks).toBeGreaterThan(2))
    expect(troubles).toEqual([{ kind: 'cannot-list', reason: 'Error: spawn udevadm ENOENT' }])
    send('/dev/chosen', 'QP1:NO SUFFIX')
    await eventually(() => expect(signals.at(-1)).toEqual({ kind: 'scan', text: 'QP1:NO SUFFIX', name: '/dev/chosen' }))
  })

  it('with a setting that no port takes are told of, and nothing falls over', async () => {
    system.createPort('/dev/odd')
    begin({ ports: [{ path: '' }, { path: '/dev/odd', baudRate: Number.NaN }], find: false })
    await eventually(() =>
      expect(troubles).toMatchObject([
        { kind: 'cannot-open', path: '' },
        { kind: 'cannot-open', path: '/dev/odd' },
      ]),
    )
  })
})

describe('the table of scanners', () => {
  it('knows ids in either case, and of a make with other devices only its scanners', () => {
    expect(scannerAt({ path: 'COM3', vendorId: '0C2E', productId: '0B6A' })?.name).toBe('Honeywell')
    expect(scannerAt({ path: 'COM3', vendorId: '05E0', productId: '1701' })?.name).toBe('Zebra')
    expect(scannerAt({ path: 'COM3', vendorId: '05e0', productId: '2000' })).toBeUndefined()
    expect(scannerAt({ path: '/dev/ttyS0', vendorId: undefined })).toBeUndefined()
  })

  it('is what Linux gives the kiosk its devices by', () => {
    const rules = fs.readFileSync('deploy/linux/70-dopusk-scanners.rules', 'utf8')
    const named = /^ATTRS\{idVendor\}=="([^"]*)"/m.exec(rules)?.[1]?.split('|')
    expect(named).toEqual(SCANNER_MAKES.map(({ vendorId }) => vendorId))
  })

  it('is written as ids are compared: four hex digits in lower case', () => {
    for (const id of SCANNER_MAKES.flatMap((make) => [make.vendorId, ...(make.productIds ?? [])])) {
      expect(id).toMatch(/^[0-9a-f]{4}$/)
    }
  })
})
