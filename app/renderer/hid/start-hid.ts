/** Scanners in HID POS mode, through WebHID: found when plugged in, read without a driver and without a question. */
import type { KioskApi } from '../../preload/kiosk-api.ts'
import { BAR_CODE_SCANNER_PAGE, NO_CODE, SCANNED_DATA_REPORT, takeReport, type HidCode } from './hid-pos.ts'

/** The part of WebHID that is used here; not in the DOM types of TypeScript. */
export interface Hid extends EventTarget {
  getDevices(): Promise<readonly HidDevice[]>
}
export interface HidDevice extends EventTarget {
  readonly productName: string
  readonly vendorId: number
  readonly opened: boolean
  readonly collections: readonly { readonly usagePage?: number }[]
  open(): Promise<void>
  sendFeatureReport(id: number, data: Uint8Array): Promise<void>
}

/** Honeywell's scanners send codes only once they are told to (WebHidBarcodeScanner): report 254 = 1. */
const HONEYWELL = 0x0c2e
const HONEYWELL_ON = { report: 254, data: Uint8Array.of(1) }

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000

/** One that is plugged in. Plugged in again it is another: half a code of before is gone with it. */
interface Scanner {
  readonly device: HidDevice
  /** no other that is plugged in has it */
  readonly name: string
  readonly unplugged: AbortController
  code: HidCode
  pause: number
}

const isScanner = ({ collections }: HidDevice): boolean =>
  collections.some(({ usagePage }) => usagePage === BAR_CODE_SCANNER_PAGE)

export function startHid(hid: Hid | undefined, kiosk: Pick<KioskApi, 'hid'>): void {
  if (!hid) return
  const scanners = new Map<HidDevice, Scanner>()

  /** WebHID tells no serial number: of two alike the second is «Xenon 2», and who comes takes the first free name. */
  function freeName(productName: string): string {
    const taken = new Set([...scanners.values()].map(({ name }) => name))
    for (let number = 1; ; number++) {
      const name = number === 1 ? productName : `${productName} ${number}`
      if (!taken.has(name)) return name
    }
  }

  function plugged(device: HidDevice): void {
    if (!isScanner(device) || scanners.has(device)) return
    const scanner: Scanner = {
      device,
      name: freeName(device.productName),
      unplugged: new AbortController(),
      code: NO_CODE,
      pause: FIRST_PAUSE_MS,
    }
    scanners.set(device, scanner)
    const { signal } = scanner.unplugged
    device.addEventListener('inputreport', (event) => hear(scanner, event), { signal })
    void open(scanner)
  }

  function unplugged(device: HidDevice): void {
    const scanner = scanners.get(device)
    if (!scanner) return
    scanners.delete(device)
    scanner.unplugged.abort()
    kiosk.hid({ kind: 'live', live: false, name: scanner.name })
  }

  async function open(scanner: Scanner): Promise<void> {
    const { device, name } = scanner
    const isHere = (): boolean => scanners.get(device) === scanner
    if (!isHere()) return
    try {
      if (!device.opened) await device.open()
      if (device.vendorId === HONEYWELL) await device.sendFeatureReport(HONEYWELL_ON.report, HONEYWELL_ON.data)
    } catch {
      if (!isHere()) return
      // another program holds it, or the system has not given it to us yet (Linux: deploy/linux)
      if (scanner.pause === FIRST_PAUSE_MS) {
        kiosk.hid({ kind: 'live', live: false, name })
        kiosk.hid({ kind: 'trouble', what: 'not-opened' })
      }
      setTimeout(() => void open(scanner), scanner.pause)
      scanner.pause = Math.min(2 * scanner.pause, LONGEST_PAUSE_MS)
      return
    }
    if (isHere()) kiosk.hid({ kind: 'live', live: true, name })
  }

  function hear(scanner: Scanner, event: Event): void {
    const { reportId, data } = event as Event & { readonly reportId: number; readonly data: DataView }
    if (reportId !== SCANNED_DATA_REPORT) return
    const step = takeReport(scanner.code, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    scanner.code = step.code
    if (step.frame) kiosk.hid({ ...step.frame, name: scanner.name })
  }

  const deviceOf = (event: Event): HidDevice => (event as Event & { readonly device: HidDevice }).device
  hid.addEventListener('connect', (event) => plugged(deviceOf(event)))
  hid.addEventListener('disconnect', (event) => unplugged(deviceOf(event)))
  void hid.getDevices().then(
    (devices) => devices.forEach(plugged),
    // not allowed to look: none
    () => undefined,
  )
}
