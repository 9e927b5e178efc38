import { inflateRawSync } from 'node:zlib'
import { readSheet } from 'read-excel-file/node'
import { LIMITS } from './limits.ts'
import { RefusedTable } from './refused-table.ts'

/** Of the first sheet. @throws {RefusedTable} */
export async function readXlsx(bytes: Uint8Array): Promise<string[][]> {
  const file = Buffer.from(bytes)
  checkSizes(file)
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
 * Unpacks every member up to a limit and throws it away: what a zip says of its sizes is the sender's word, and the
 * reader behind this one would believe it. That one goes from member to member, this one by the list at the end: so there
 * must be nothing between members that the list does not name.
 */
function checkSizes(zip: Buffer): void {
  const members = membersOf(zip).toSorted((a, b) => a.start - b.start)
  let left: number = LIMITS.unpackedBytes
  let end = 0
  for (const { start, method, from, packed } of members) {
    if (start < end || start > end + DESCRIPTOR) throw new RefusedTable('damaged-excel')
    end = from + packed
    left -= method === 0 ? packed : unpackedSize(zip.subarray(from, end), left)
    if (left < 0) throw new RefusedTable('zip-bomb')
  }
}

interface Member {
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
    members.push({ start, method: zip.readUInt16LE(at + 10), from, packed })
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return members
}

function unpackedSize(packed: Buffer, most: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }).length
  } catch (thrown) {
    const isTooLarge = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE'
    throw new RefusedTable(isTooLarge ? 'zip-bomb' : 'damaged-excel')
  }
}
