import { readCsv } from './csv-reading.ts'
import { LIMITS } from './limits.ts'
import { RefusedTable } from './refused-table.ts'
import type { TableRead, TableRow } from './cells.ts'
import { unneutral } from './neutral.ts'
import { readXlsx } from './xlsx-reading.ts'

const starts = (bytes: Uint8Array, ...with_: readonly number[]): boolean =>
  with_.every((byte, at) => bytes[at] === byte)

export async function readTableHere(bytes: Uint8Array): Promise<TableRead> {
  try {
    if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new RefusedTable('old-or-locked-excel')
    const isXlsx = starts(bytes, 0x50, 0x4b)
    const cells = isXlsx ? await readXlsx(bytes) : readCsv(bytes)
    const rows = cells.map(row).filter((one) => one.cells.some((cell) => cell !== ''))
    if (rows.length === 0) throw new RefusedTable('empty')
    if (rows.length > LIMITS.rows) throw new RefusedTable('too-many-rows')
    const wide = rows.find((one) => one.cells.length > LIMITS.columns)
    if (wide) throw new RefusedTable('too-many-columns', wide.row)
    return { kind: 'read', format: isXlsx ? 'xlsx' : 'csv', rows }
  } catch (thrown) {
    if (!(thrown instanceof RefusedTable)) throw thrown
    return { kind: 'refused', why: thrown.why, ...(thrown.row !== undefined && { row: thrown.row }) }
  }
}

/** Without the empty cells at its end. */
function row(cells: readonly string[], at: number): TableRow {
  const trimmed = cells.map((cell) => unneutral(cell.trim()))
  return { row: at + 1, cells: trimmed.slice(0, trimmed.findLastIndex((cell) => cell !== '') + 1) }
}
