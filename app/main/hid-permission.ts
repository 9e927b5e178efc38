/** HID Point of Sale Usage Tables 1.02: bar code scanners, and nothing that people type on or authenticate with. */
const BAR_CODE_SCANNER_PAGE = 0x8c

export interface HidQuestion {
  readonly deviceType: string
  readonly origin: string
  readonly device: unknown
}

/** Our page may read a bar code scanner in HID POS mode, and no other device. */
export function mayReadHid({ deviceType, origin, device }: HidQuestion, ours: string): boolean {
  if (deviceType !== 'hid' || !isOurs(origin, ours)) return false
  if (typeof device !== 'object' || device === null || !('collections' in device)) return false
  const { collections } = device
  return Array.isArray(collections) && collections.length > 0 && collections.every(isScannerPage)
}

/** Our page may ask which scanners there are. */
export const mayAskForHid = (permission: string, origin: string, isMainFrame: boolean, ours: string): boolean =>
  permission === 'hid' && isMainFrame && isOurs(origin, ours)

const isOurs = (origin: string, ours: string): boolean => origin.replace(/\/+$/, '') === ours

const isScannerPage = (collection: unknown): boolean =>
  typeof collection === 'object' &&
  collection !== null &&
  'usagePage' in collection &&
  collection.usagePage === BAR_CODE_SCANNER_PAGE
