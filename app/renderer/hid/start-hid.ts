/** Scanners in HID POS mode, through WebHID: found when plugged in, read without a driver and without a question. */
import type { KioskApi } from '../../preload/kiosk-api.ts'
import { BAR_CODE_SCANNER_PAGE, NO_CODE, SCANNED_DATA_REPORT, takeReport } from './hid-pos.ts'

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

const isScanner = ({ collections }: HidDevice): boolean =>
  collections.some(({ usagePage }) => usagePage === BAR_CODE_SCANNER_PAGE)

export function startHid(hid: Hid | undefined, kiosk: Pick<KioskApi, 'hid'>): void {
  if (!hid) return
  const known = new WeakSet<HidDevice>()

  async function read(device: HidDevice): Promise<void> {
    if (!isScanner(device)) return
    const { productName: name } = device
    try {
      if (!device.opened) await device.open()
      if (device.vendorId === HONEYWELL) await device.sendFeatureReport(HONEYWELL_ON.report, HONEYWELL_ON.data)
    } catch {
      // another program holds it: the strip says that it is not there
      return kiosk.hid({ kind: 'live', live: false, name })
    }
    kiosk.hid({ kind: 'live', live: true, name })
    if (known.has(device)) return
    known.add(device)
    let code = NO_CODE
    device.addEventListener('inputreport', (event) => {
      const { reportId, data } = event as Event & { readonly reportId: number; readonly data: DataView }
      if (reportId !== SCANNED_DATA_REPORT) return
      const step = takeReport(code, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
      code = step.code
      if (step.frame) kiosk.hid(step.frame)
    })
  }

  const deviceOf = (event: Event): HidDevice => (event as Event & { readonly device: HidDevice }).device
  const look = (): void =>
    void hid.getDevices().then(
      (devices) => devices.forEach((device) => void read(device)),
      // not allowed to look: none
      () => undefined,
    )
  hid.addEventListener('connect', (event) => void read(deviceOf(event)))
  hid.addEventListener('disconnect', (event) => {
    const device = deviceOf(event)
    if (isScanner(device)) kiosk.hid({ kind: 'live', live: false, name: device.productName })
  })
  look()
}
