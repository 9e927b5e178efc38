/** What tables are made of: as they are written, as they are read, and as they cross to the thread that does both. */
import type { PackedRows } from './packed-rows.ts'

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
