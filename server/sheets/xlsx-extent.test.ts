import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { posterPdf } from '../documents/poster.ts'
import { LIMITS } from './limits.ts'
import { readTable } from './table.ts'

interface Member {
  readonly name: string
  readonly text: string
  /** in the list at the end, where that one says otherwise */
  readonly listed?: string
}

function zip(members: readonly Member[]): Buffer {
  const bodies: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const { name, text, listed = name } of members) {
    const packed = deflateRawSync(Buffer.from(text))
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(text.length, 22)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(text.length, 24)
    central.writeUInt16LE(listed.length, 28)
    central.writeUInt32LE(at, 42)
    const body = Buffer.concat([local, Buffer.from(name), packed])
    bodies.push(body)
    list.push(central, Buffer.from(listed))
    at += body.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, ...list, end])
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const sheetNamed = (target: string, rows: string): Omit<Member, 'listed'> => ({
  name: `xl/${target}`,
  text: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
})
/** Its first sheet is the second file. */
const workbook = (rows: string, other = '', listed?: string): Buffer =>
  zip([
    {
      name: 'xl/workbook.xml',
      text: '<workbook><sheets><sheet name="One" sheetId="7" r:id="rId2"/><sheet name="Two" sheetId="2" r:id="rId1"/></sheets></workbook>',
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `<Relationships><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/a.xml"/>
        <Relationship Target="worksheets/b.xml" Type="${OFFICE}/worksheet" Id="rId2"/></Relationships>`,
    },
    sheetNamed('worksheets/a.xml', other),
    { ...sheetNamed('worksheets/b.xml', rows), ...(listed !== undefined && { listed }) },
  ])
const cell = (place: string): string => `<c r="${place}"><v>1</v></c>`
const FAR = `<row r="900000000">${cell('A900000000')}</row>`

test.each([
  ['a row that no spreadsheet has', FAR, 'too-many-rows'],
  ['the same, written otherwise', `<x:row  r='9e8'><x:c r='A1'><x:v>1</x:v></x:c></x:row>`, 'too-many-rows'],
  ['the same, by its cell alone', `<row>${cell('A900000000')}</row>`, 'too-many-rows'],
  ['a value behind the last row that is taken', `<row r="2">${cell(`A${LIMITS.rows + 1}`)}</row>`, 'too-many-rows'],
  ['a value in the last column of Excel', `<row r="3">${cell('XFD3')}</row>`, 'too-many-columns'],
  ['a number in other signs', '<row r="&#57;00000000"></row>', 'damaged-excel'],
])('a workbook with %s is refused before a cell is made', async (_name, rows, why) => {
  expect(await readTable(workbook(`<row r="1">${cell('A1')}</row>${rows}`))).toMatchObject({ kind: 'refused', why })
})

test('formats without values, and sheets that are not read, may reach as far as they like', async () => {
  const rows = `<row r="1">${cell('A1')}<c r="XFD1" s="1"/></row><row r="1048576" ht="9"><c r="A1048576" s="1"/></row>`
  expect(await readTable(workbook(rows, FAR))).toEqual({
    kind: 'read',
    format: 'xlsx',
    rows: [{ row: 1, cells: ['1'] }],
  })
})

test('what kills the thread all the same is refused, and posters that waited behind it are drawn', async () => {
  const poster = { venueName: 'Кафе', address: 'Мира, 1', url: 'https://example.org/v/7K4Q2MX', size: 'a4' } as const
  const [read, pdf] = await Promise.all([readTable(workbook(FAR, '', 'xl/x.xml')), posterPdf(poster)])
  expect(read).toMatchObject({ kind: 'refused', why: 'too-large' })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
}, 120_000)
