import { CsvError, parse } from 'csv-parse/sync'
import { LIMITS } from './limits.ts'
import { RefusedTable } from './refused-table.ts'

/** @throws {RefusedTable} */
export function readCsv(bytes: Uint8Array): string[][] {
  const text = decoded(bytes)
  if (hasBinary(text)) throw new RefusedTable('not-a-table')
  try {
    return parse(text, {
      delimiter: separatorOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
      // one more than is taken, so that it shows
      to: LIMITS.rows + 1,
      max_record_size: 1_000_000,
    })
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown
    const row = 'records' in thrown && typeof thrown.records === 'number' ? thrown.records + 1 : undefined
    throw new RefusedTable(thrown.code.includes('QUOTE') ? 'wrong-quotes' : 'not-a-table', row)
  }
}

/** UTF-16 by its mark (Excel's «Unicode text»), else UTF-8 where it is that, else Windows-1251 (Excel's own CSV in Russia). */
function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1251').decode(bytes)
  }
}

/** Of ; , and tab the one that stands most often outside of quotes in the first line that has any. */
export function separatorOf(text: string): ';' | ',' | '\t' {
  for (const line of text
    .slice(0, 100_000)
    .split(/\r\n|\n|\r/)
    .slice(0, 50)) {
    const bare = line.replaceAll(/"(?:[^"]|"")*"/g, '')
    const counts = ([';', '\t', ','] as const).map((sign) => [bare.split(sign).length - 1, sign] as const)
    const most = counts.reduce((best, one) => (one[0] > best[0] ? one : best))
    if (most[0] > 0) return most[1]
  }
  return ';'
}

/** Control characters that stand in no list of people's making: pictures, programs, PDFs have them. */
const hasBinary = (text: string): boolean =>
  [...text.slice(0, 100_000)].some((sign) => {
    const code = sign.charCodeAt(0)
    return code < 9 || (code > 13 && code < 27)
  })
