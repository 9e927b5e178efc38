import { expect, test, vi } from 'vitest'
import type { HidReport } from '../../preload/kiosk-api.ts'
import { startHid, type Hid, type HidDevice } from './start-hid.ts'

class PlayedDevice extends EventTarget implements HidDevice {
  opened = false
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
    this.opened = true
  }
  async sendFeatureReport(id: number): Promise<void> {
    this.told.push(id)
  }
  report(reportId: number, text: string): void {
    const data = new Uint8Array(63)
    data[0] = text.length
    data.set(new TextEncoder().encode(text), 4)
    this.dispatchEvent(Object.assign(new Event('inputreport'), { reportId, data: new DataView(data.buffer) }))
  }
}

test('scanners alone are opened, and each of their codes is told; unplugged and back they are read once', async () => {
  const scanner = new PlayedDevice('Xenon', 0x0c2e, 0x8c)
  const keyboard = new PlayedDevice('Keyboard', 0x046d, 0x01)
  const hid: Hid = Object.assign(new EventTarget(), { getDevices: async () => [scanner, keyboard] })
  const reports: HidReport[] = []
  startHid(hid, { hid: (report) => void reports.push(report) })
  await vi.waitFor(() => expect(reports).toEqual([{ kind: 'live', live: true, name: 'Xenon' }]))
  expect(scanner.told).toEqual([254])
  expect(keyboard.opened).toBe(false)
  scanner.report(2, 'QP1:A')
  scanner.report(4, 'status')
  expect(reports.at(-1)).toEqual({ kind: 'scan', text: 'QP1:A' })
  hid.dispatchEvent(Object.assign(new Event('disconnect'), { device: scanner }))
  expect(reports.at(-1)).toEqual({ kind: 'live', live: false, name: 'Xenon' })
  scanner.opened = false
  hid.dispatchEvent(Object.assign(new Event('connect'), { device: scanner }))
  await vi.waitFor(() => expect(reports.at(-1)).toMatchObject({ live: true }))
  scanner.report(2, 'QP1:B')
  expect(reports.filter(({ kind }) => kind === 'scan')).toHaveLength(2)
})

test('where there is no WebHID nothing happens', () => {
  startHid(undefined, { hid: () => expect.unreachable() })
})
