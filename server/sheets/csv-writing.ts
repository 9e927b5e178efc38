import { stringify } from 'csv-stringify/sync'
import { neutral } from './neutral.ts'
import { localTime } from './local-time.ts'
import type { Cell, Sheet } from './cells.ts'

/**
 * As a Russian Excel opens it with a double click: UTF-8 with its mark, `;` between cells, decimal comma, CRLF. Every
 * cell is quoted, so that a program which expects another separator finds no new cell inside of one; what could be a
 * formula is neutralised.
 */
export function writeCsv({ columns, rows }: Pick<Sheet, 'columns' | 'rows'>): Buffer {
  const texts = [columns.map(({ header }) => neutral(header)), ...rows.map((row) => row.map(written))]
  return Buffer.from(
    stringify(texts, { bom: true, delimiter: ';', quoted: true, quoted_empty: true, record_delimiter: 'windows' }),
  )
}

function written(cell: Cell): string {
  if (cell === null) return ''
  // a number is no text: a minus in front of digits alone begins no formula
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell).replace('.', ',') : ''
  if (typeof cell === 'boolean') return cell ? 'да' : 'нет'
  if (cell instanceof Date) return localTime(cell)
  return neutral(cell)
}
