import { DocumentThreadDied, done } from '../document-thread.ts'
import { LIMITS } from './limits.ts'
import { packed, unpacked, type PackedRows } from './packed-rows.ts'

/** A Date is a moment; it is written in Moscow time. */
export type Cell = string | number | boolean | Date | null
export interface Column {
  readonly header: string
  /** in characters */
  readonly width?: number
}
export interface Sheet {
  /** of the tab */
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
}

/** As the thread of documents gets it. */
export interface PackedSheet extends Omit<Sheet, 'rows'> {
  readonly rows: PackedRows<Sheet['rows'][number]>
}

/** XLSX with typed cells: a text is a text whatever it begins with, a number can be summed, a time is a time. */
export async function xlsxFile(sheet: Sheet): Promise<Buffer> {
  return Buffer.from(await done('xlsx', await packedSheet(sheet)))
}

/** Opened with a double click by a Russian Excel. */
export async function csvFile(sheet: Omit<Sheet, 'title'>): Promise<Buffer> {
  return Buffer.from(await done('csv', await packedSheet({ title: '', ...sheet })))
}

const packedSheet = async ({ rows, ...sheet }: Sheet): Promise<PackedSheet> => ({ ...sheet, rows: await packed(rows) })

/** Why a file is no table for us. */
export type Refusal =
  | 'empty'
  | 'too-large'
  | 'too-many-rows'
  | 'too-many-columns'
  /** .xls of before 2007, or a workbook with a password: both look alike from outside */
  | 'old-or-locked-excel'
  | 'damaged-excel'
  /** unpacked it is far larger than any list */
  | 'zip-bomb'
  /** a quote that opens and never closes, or stands in the middle of a cell */
  | 'wrong-quotes'
  | 'not-a-table'

export interface TableRow {
  /** as a spreadsheet numbers it, from 1 */
  readonly row: number
  /** trimmed; dates as 2026-11-22, moments as 2026-11-22T19:04:00.000Z */
  readonly cells: readonly string[]
}
export type TableRead =
  { readonly kind: 'read'; readonly format: 'csv' | 'xlsx'; readonly rows: readonly TableRow[] } | RefusedRead
interface RefusedRead {
  readonly kind: 'refused'
  readonly why: Refusal
  readonly row?: number
}
/** As the thread of documents gives it. */
export type PackedTable =
  { readonly kind: 'read'; readonly format: 'csv' | 'xlsx'; readonly rows: PackedRows<TableRow> } | RefusedRead

/** CSV or XLSX, told by its bytes, not by its name. Rows without a single text are left out, the others keep their numbers. */
export async function readTable(bytes: Uint8Array): Promise<TableRead> {
  if (bytes.length === 0) return { kind: 'refused', why: 'empty' }
  if (bytes.length > LIMITS.bytes) return { kind: 'refused', why: 'too-large' }
  try {
    const read = await done('read-table', bytes)
    return read.kind === 'read' ? { ...read, rows: await unpacked(read.rows) } : read
  } catch (thrown) {
    if (!(thrown instanceof DocumentThreadDied)) throw thrown
    return { kind: 'refused', why: 'too-large' }
  }
}
