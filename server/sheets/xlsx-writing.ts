import writeExcelFile, { type Row } from 'write-excel-file/node'
import { asCellTime } from './local-time.ts'
import type { Cell, Sheet } from './cells.ts'

/** Of one cell. */
const LONGEST_TEXT = 32_767

export function writeXlsx({ title, columns, rows }: Sheet): Promise<Buffer> {
  const header: Row = columns.map(({ header: value }) => ({ value: plain(value), type: String, fontWeight: 'bold' }))
  const data = [header, ...rows.map((row) => row.map(typed))]
  return writeExcelFile(data, {
    sheet: sheetName(title),
    stickyRowsCount: 1,
    columns: columns.map(({ width }) => ({ width: width ?? 18 })),
  }).toBuffer()
}

function typed(cell: Cell): Row[number] {
  if (cell === null || cell === '') return null
  if (typeof cell === 'number') return Number.isFinite(cell) ? { value: cell, type: Number } : null
  if (typeof cell === 'boolean') return { value: cell ? 'да' : 'нет', type: String }
  if (cell instanceof Date) return { value: asCellTime(cell), type: Date, format: 'dd.mm.yyyy hh:mm' }
  return { value: plain(cell), type: String }
}

/** What XML 1.0 cannot hold goes. */
const plain = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').slice(0, LONGEST_TEXT)

const sheetName = (title: string): string =>
  title
    .replaceAll(/[\\/?*[\]:\p{Cc}]/gu, ' ')
    .trim()
    .slice(0, 31) || 'Лист 1'
