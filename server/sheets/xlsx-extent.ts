import { LIMITS } from './limits.ts'
import { RefusedTable } from './refused-table.ts'

/** Excel's last row. Formats without values may reach it; a number beyond it was written by no spreadsheet. */
const LAST_ROW = 1_048_576

/** A row's or a cell's tag, whatever its prefix: what it is, its attributes, whether it closes itself. */
const TAG = /<(?:[^\s<>/:]+:)?(row|c)((?:\s+[^\s=<>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g
const PLACE = /\s(?:[^\s=:]+:)?r\s*=\s*["']([^"']*)["']/

/**
 * Looks how far a sheet reaches, before the reader makes a cell of every place up to there: a few bytes can name the last
 * place of a sheet. A cell without a value takes no room wherever it is.
 *
 * @throws {RefusedTable}
 */
export function checkExtent(sheet: Buffer): void {
  let row = 0
  for (const [, tag, attributes = '', closed] of sheet.toString('latin1').matchAll(TAG)) {
    const place = PLACE.exec(attributes)?.[1]
    // the reader would decode it
    if (place?.includes('&')) throw new RefusedTable('damaged-excel')
    if (tag === 'row') {
      // as the reader reads it, which takes `9e8` for a number too
      row = place === undefined || place === '' ? row + 1 : Number(place)
      if (!(row <= LAST_ROW)) throw new RefusedTable('too-many-rows')
      continue
    }
    const [, letters = '', digits = ''] = /^(\D*)(.*)$/.exec(place ?? '') ?? []
    const cellRow = Number(digits)
    if (!(cellRow <= LAST_ROW)) throw new RefusedTable('too-many-rows')
    if (closed === '/') continue
    if (Math.max(row, cellRow) > LIMITS.rows) throw new RefusedTable('too-many-rows')
    if (columnOf(letters) > LIMITS.columns) throw new RefusedTable('too-many-columns', cellRow)
  }
}

const columnOf = (letters: string): number =>
  Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
