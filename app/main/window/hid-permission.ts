import { isScannerMaker } from '../readers/scanner-table.ts'

/** HID Point of Sale Usage Tables 1.02: bar code scanners, and nothing that people type on or authenticate with. */
const BAR_CODE_SCANNER_PAGE = 0x8c

export interface HidQuestion {
  readonly deviceType: string
  readonly origin: string
  readonly device: unknown
}

/**
 * Whether our page may read a device: a bar code scanner in HID POS mode, and no other. `by-maker`: Electron before
 * mid-2025 (PR 47391) does not say what a device is, so whoever makes scanners must do. That is no more than the page
 * needs, either: Chromium itself keeps keyboards, mice and security keys from pages, and ours opens scanners only.
 */
export type HidAnswer = 'scanner' | 'by-maker' | 'no'

export function mayReadHid({ deviceType, origin, device }: HidQuestion, ours: string): HidAnswer {
  if (deviceType !== 'hid' || !isOurs(origin, ours)) return 'no'
  if (typeof device !== 'object' || device === null) return 'no'
  if (!('collections' in device)) return isOfScannerMaker(device) ? 'by-maker' : 'no'
  const { collections } = device
  return Array.isArray(collections) && collections.length > 0 && collections.every(isScannerPage) ? 'scanner' : 'no'
}

/** Our page may ask which scanners there are. */
export const mayAskForHid = (permission: string, origin: string, isMainFrame: boolean, ours: string): boolean =>
  permission === 'hid' && isMainFrame && isOurs(origin, ours)

const isOurs = (origin: string, ours: string): boolean => origin.replace(/\/+$/, '') === ours

const isOfScannerMaker = (device: object): boolean =>
  'vendorId' in device && typeof device.vendorId === 'number' && isScannerMaker(device.vendorId)

const isScannerPage = (collection: unknown): boolean =>
  typeof collection === 'object' &&
  collection !== null &&
  'usagePage' in collection &&
  collection.usagePage === BAR_CODE_SCANNER_PAGE
