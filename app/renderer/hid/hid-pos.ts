/**
 * Reports of a barcode scanner in HID POS mode → codes: bytes, so neither layout nor case nor speed of a keyboard enters.
 * Pure. Never throws; memory is bounded by LONGEST_CODE.
 *
 * The layout (without the report's number): 0 length of the data in this report, 1–3 AIM identifier, 4–59 data, 62 is 1
 * where the code goes on in the next report. Sources: HID Point of Sale Usage Tables 1.02, usage page 8Ch; Newland FM420
 * guide ("decode data continued"); what @point-of-sale/webhid-barcode-scanner 1.2.2 reads of Honeywell and Zebra.
 */
export const BAR_CODE_SCANNER_PAGE = 0x8c
/** number of the report that holds a scanned code */
export const SCANNED_DATA_REPORT = 2

const DATA_AT = 4
const DATA_BYTES = 56
const CONTINUED_AT = 62
/** Bytes of one code; a QR code holds 2,953 at most. */
export const LONGEST_CODE = 4096

export type HidFrame =
  | { readonly kind: 'scan'; readonly text: string }
  /** too long, not printable ASCII, or a report that contradicts itself */
  | { readonly kind: 'garbage'; readonly length: number }

export interface HidCode {
  readonly text: string
  readonly length: number
  readonly broken: boolean
}
export const NO_CODE: HidCode = { text: '', length: 0, broken: false }

export interface HidStep {
  readonly code: HidCode
  readonly frame?: HidFrame
}

export function takeReport(code: HidCode, report: Uint8Array): HidStep {
  const size = report[0] ?? 0
  const data = report.subarray(DATA_AT, DATA_AT + Math.min(size, DATA_BYTES))
  const isWhole = size <= DATA_BYTES && data.length === size
  const length = Math.min(code.length + data.length, LONGEST_CODE + 1)
  const broken = code.broken || !isWhole || length > LONGEST_CODE || !data.every(isPrintableOrEnd)
  const next: HidCode = { text: broken ? '' : code.text + String.fromCharCode(...data), length, broken }
  if (report[CONTINUED_AT] === 1) return { code: next }
  // Some scanners are set to send their suffix in this mode too.
  const text = next.text.replace(/[\r\n\t]+$/, '')
  if (!broken && text === '') return { code: NO_CODE }
  const isText = !broken && !/[\r\n\t]/.test(text)
  return { code: NO_CODE, frame: isText ? { kind: 'scan', text } : { kind: 'garbage', length } }
}

const isPrintableOrEnd = (byte: number): boolean =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a || byte === 0x09
