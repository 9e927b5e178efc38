import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HidReport } from '../../preload/kiosk-api.ts'
import { startHid, type Hid, type HidDevice } from './start-hid.ts'

const HONEYWELL = 0x0c2e
const SCANNER_PAGE = 0x8c

class PlayedDevice extends EventTarget implements HidDevice {
  opened = false
  /** what it refuses until it is let */
  refuses: 'open' | 'report' | 'nothing' = 'nothing'
  opens = 0
  readonly told: number[] = []
  readonly productName: string
  readonly vendorId: number
  readonly collections: readonly { readonly usagePage: number }[]
  constructor(productName: string, vendorId: number, usagePage: number) {
    super()
    this.productName = productName
    this.vendorId = vendorId
    this.collections = [{ usagePage }]
  }
  async open(): Promise<void> {
    this.opens++
    if (this.refuses === 'open') throw new DOMException('Failed to open the device.', 'NotAllowedError')
    this.opened = true
  }
  async sendFeatureReport(id: number): Promise<void> {
    if (this.refuses === 'report') throw new DOMException('Failed to write the feature report.', 'NotAllowedError')
    this.told.push(id)
  }
  /** @param goesOn the code has more reports */
  report(reportId: number, text: string, goesOn = false): void {
    const data = new Uint8Array(63)
    data[0] = text.length
    data.set(new TextEncoder().encode(text), 4)
    data[62] = goesOn ? 1 : 0
    this.dispatchEvent(Object.assign(new Event('inputreport'), { reportId, data: new DataView(data.buffer) }))
  }
}

const xenon = (): PlayedDevice => new PlayedDevice('Xenon', HONEYWELL, SCANNER_PAGE)

let reports: HidReport[]
beforeEach(() => {
  vi.useFakeTimers()
  reports = []
})
afterEach(() => {
  vi.useRealTimers()
})

async function begin(...devices: readonly PlayedDevice[]) {
  const hid: Hid = Object.assign(new EventTarget(), { getDevices: async () => devices })
  startHid(hid, { hid: (report) => void reports.push(report) })
  const say = async (what: 'connect' | 'disconnect', device: PlayedDevice): Promise<void> => {
    hid.dispatchEvent(Object.assign(new Event(what), { device }))
    await vi.advanceTimersByTimeAsync(0)
  }
  await vi.advanceTimersByTimeAsync(0)
  return {
    plug: (device: PlayedDevice) => say('connect', device),
    unplug(device: PlayedDevice) {
      device.opened = false
      return say('disconnect', device)
    },
  }
}
const isLive = (name: string): boolean | undefined =>
  reports.flatMap((report) => (report.kind === 'live' && report.name === name ? [report.live] : [])).at(-1)

test('scanners alone are opened, and each of their codes is told; unplugged and back they are read once', async () => {
  const scanner = xenon()
  const keyboard = new PlayedDevice('Keyboard', 0x046d, 0x01)
  const { plug, unplug } = await begin(scanner, keyboard)
  expect(reports).toEqual([{ kind: 'live', live: true, name: 'Xenon' }])
  expect(scanner.told).toEqual([254])
  expect(keyboard.opened).toBe(false)
  scanner.report(2, 'QP1:A')
  scanner.report(4, 'status')
  expect(reports.at(-1)).toEqual({ kind: 'scan', text: 'QP1:A', name: 'Xenon' })
  await unplug(scanner)
  expect(reports.at(-1)).toEqual({ kind: 'live', live: false, name: 'Xenon' })
  await plug(scanner)
  expect(reports.at(-1)).toMatchObject({ live: true })
  scanner.report(2, 'QP1:B')
  expect(reports.filter(({ kind }) => kind === 'scan')).toHaveLength(2)
})

test('two alike are told apart, and one that is put back has its name again', async () => {
  const [one, other] = [xenon(), xenon()]
  const { plug, unplug } = await begin(one, other)
  other.report(2, 'QP1:B')
  expect(reports.at(-1)).toEqual({ kind: 'scan', text: 'QP1:B', name: 'Xenon 2' })
  await unplug(one)
  expect([isLive('Xenon'), isLive('Xenon 2')]).toEqual([false, true])
  // as Chromium has it: another object for the same scanner
  await plug(xenon())
  expect([isLive('Xenon'), isLive('Xenon 2')]).toEqual([true, true])
})

test.each(['open', 'report'] as const)(
  'one that refuses (%s) is tried less and less often until it does',
  async (what) => {
    const scanner = xenon()
    scanner.refuses = what
    await begin(scanner)
    const refused = [
      { kind: 'live', live: false, name: 'Xenon' },
      { kind: 'trouble', what: 'not-opened' },
    ]
    expect(reports).toEqual(refused)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reports).toEqual(refused)
    if (what === 'open') expect(scanner.opens).toBeGreaterThan(5)
    expect(scanner.opens).toBeLessThan(13)
    scanner.refuses = 'nothing'
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reports.at(-1)).toEqual({ kind: 'live', live: true, name: 'Xenon' })
    expect(scanner.told).toEqual([254])
    scanner.report(2, 'QP1:A')
    expect(reports.filter(({ kind }) => kind === 'scan')).toHaveLength(1)
  },
)

test('one that is pulled out is not tried any more', async () => {
  const scanner = xenon()
  scanner.refuses = 'open'
  const { unplug } = await begin(scanner)
  await unplug(scanner)
  const { opens } = scanner
  await vi.advanceTimersByTimeAsync(60_000)
  expect(scanner.opens).toBe(opens)
})

test('half a code of one that was pulled out does not spoil the next', async () => {
  const scanner = xenon()
  const { plug, unplug } = await begin(scanner)
  scanner.report(2, 'QP1:HALF', true)
  await unplug(scanner)
  await plug(scanner)
  scanner.report(2, 'QP1:WHOLE')
  expect(reports.at(-1)).toEqual({ kind: 'scan', text: 'QP1:WHOLE', name: 'Xenon' })
})

test('one that is told of twice at the start is opened once', async () => {
  const scanner = xenon()
  const { plug } = await begin(scanner)
  await plug(scanner)
  expect(scanner.opens).toBe(1)
  expect(reports).toHaveLength(1)
})

test('where there is no WebHID nothing happens', () => {
  startHid(undefined, { hid: () => expect.unreachable() })
})
