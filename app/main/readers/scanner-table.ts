/**
 * USB ids of scanners that show up as a serial port (their COM, VCP or CDC mode; as keyboards they are the wedge's).
 * A make with `productIds` also makes other devices with serial ports; the others' serial ports are scanners.
 *
 * Sources, where no other is named: the USB ID Repository (usb.ids), as in systemd's 20-usb-vendor-model.hwdb.
 */
export interface ScannerMake {
  readonly name: string
  /** 4 hex digits, lower case */
  readonly vendorId: string
  readonly productIds?: readonly string[]
}

export const SCANNER_MAKES: readonly ScannerMake[] = [
  // Honeywell's scanners keep Metrologic's id: MS7120 serial 0700, 0720; Vuquest 3310g; Voyager 1400g.
  // Model manuals (1200g, 1900, 3310g): terminal id 130 "USB serial".
  { name: 'Honeywell', vendorId: '0c2e' },
  // Hand Held Products, bought by Honeywell: IT4800 imager.
  { name: 'Honeywell HHP', vendorId: '0536' },
  // Symbol, now Zebra: 1701 is "Bar Code Scanner (CDC)". 0600, "Simple COM Port Emulation", is a HID device and no
  // port; 2000 and above are mobile computers.
  { name: 'Zebra', vendorId: '05e0', productIds: ['1701'] },
  // PSC, now Datalogic: Gryphon (RS-232 emulation mode), Magellan.
  { name: 'Datalogic', vendorId: '05f9' },
  // Newland: the product id is a model's base + 6 in serial CDC mode (0106 HR200, 0c06 HR100, 1606 FM100, 1c06 HR22…;
  // Newland's guides, "VID & PID Table").
  { name: 'Newland', vendorId: '1eab' },
  // Opticon (Optoelectronics): 0009 is NLV-1001 in serial mode.
  { name: 'Opticon', vendorId: '065a' },
]

/** The part of serialport's `PortInfo` that is read here. */
export interface ListedPort {
  readonly path: string
  readonly vendorId?: string | undefined
  readonly productId?: string | undefined
}

/** The make of the scanner at a port, or `undefined` when the table does not know it as one. */
export function scannerAt(port: ListedPort): ScannerMake | undefined {
  const vendorId = port.vendorId?.toLowerCase()
  const productId = port.productId?.toLowerCase()
  return SCANNER_MAKES.find(
    (make) =>
      make.vendorId === vendorId &&
      (make.productIds === undefined || (productId !== undefined && make.productIds.includes(productId))),
  )
}

/** Whether any scanner of the table has this USB vendor id; the mode it is in, and so its product id, does not matter. */
export const isScannerMaker = (vendorId: number): boolean =>
  SCANNER_MAKES.some((make) => Number.parseInt(make.vendorId, 16) === vendorId)
