import { inflateRawSync } from 'node:zlib'
import { readSheet } from 'read-excel-file/node'
import { checkExtent } from './xlsx-extent.ts'
import { LIMITS } from './limits.ts'
import { RefusedTable } from './refused-table.ts'

/** Of the first sheet. @throws {RefusedTable} */
export async function readXlsx(bytes: Uint8Array): Promise<string[][]> {
  const file = Buffer.from(bytes)
  const sheet = firstSheet(unpacked(file))
  if (sheet) checkExtent(sheet)
  const rows = await readSheet(file).catch(() => {
    throw new RefusedTable('damaged-excel')
  })
  if (rows.length > LIMITS.rows) throw new RefusedTable('too-many-rows')
  return rows.map((row) => row.map(cellText))
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, '')
  // long numbers such as ОГРН must not come as 1.02e+12
  if (typeof cell === 'number') return Number.isInteger(cell) ? cell.toFixed(0) : String(cell)
  if (typeof cell === 'boolean') return cell ? 'да' : 'нет'
  return typeof cell === 'string' ? cell : ''
}

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
/** What may follow a member's bytes: its sizes again, in four forms. A hidden member would be larger. */
const DESCRIPTOR = 24

/**
 * Every member, unpacked up to a limit, before the reader behind this one does it: what a zip says of its sizes is the
 * sender's word, and that one would believe it. It goes from member to member, this one by the list at the end: so there
 * must be nothing between members that the list does not name.
 */
function unpacked(zip: Buffer): ReadonlyMap<string, Buffer> {
  const parts = new Map<string, Buffer>()
  const members = membersOf(zip).toSorted((a, b) => a.start - b.start)
  let left: number = LIMITS.unpackedBytes
  let end = 0
  for (const { name, start, method, from, packed } of members) {
    if (start < end || start > end + DESCRIPTOR) throw new RefusedTable('damaged-excel')
    end = from + packed
    const bytes = zip.subarray(from, end)
    const part = method === 0 ? bytes : inflated(bytes, left)
    left -= part.length
    if (left < 0) throw new RefusedTable('zip-bomb')
    parts.set(name, part)
  }
  return parts
}

/** The one that is read, found as the reader finds it. */
function firstSheet(parts: ReadonlyMap<string, Buffer>): Buffer | undefined {
  const tags = (part: string, tag: string): string[] =>
    parts
      .get(part)
      ?.toString('utf8')
      .match(new RegExp(`<(?:[^\\s<>/:]+:)?${tag}\\s[^>]*>`, 'g')) ?? []
  const attribute = (tag: string, name: string): string | undefined =>
    new RegExp(`\\s(?:[^\\s=:]+:)?${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1]
  const [first = ''] = tags('xl/workbook.xml', 'sheet')
  const relation = tags('xl/_rels/workbook.xml.rels', 'Relationship').find(
    (one) => attribute(one, 'Id') === attribute(first, 'id'),
  )
  const target = attribute(relation ?? '', 'Target') ?? ''
  return parts.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
}

interface Member {
  readonly name: string
  /** of its header */
  readonly start: number
  /** 0: not packed */
  readonly method: number
  /** of its bytes */
  readonly from: number
  readonly packed: number
}

/** As the list at the end has them. */
function membersOf(zip: Buffer): Member[] {
  const damaged = new RefusedTable('damaged-excel')
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END) throw damaged
  const members: Member[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== ENTRY) throw damaged
    const [packed, start] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)]
    if (start + 30 > zip.length || zip.readUInt32LE(start) !== LOCAL) throw damaged
    const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28)
    if (from + packed > zip.length) throw damaged
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28))
    members.push({ name, start, method: zip.readUInt16LE(at + 10), from, packed })
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return members
}

function inflated(packed: Buffer, most: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })
  } catch (thrown) {
    const isTooLarge = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE'
    throw new RefusedTable(isTooLarge ? 'zip-bomb' : 'damaged-excel')
  }
}
