import { DocumentThreadDied, done } from '../documents/document-thread.ts'
import type { PackedSheet, Sheet, TableRead } from './cells.ts'
import { LIMITS } from './limits.ts'
import { packed, unpacked } from './packed-rows.ts'

/** XLSX with typed cells: a text is a text whatever it begins with, a number can be summed, a time is a time. */
export async function xlsxFile(sheet: Sheet): Promise<Buffer> {
  return Buffer.from(await done('xlsx', await packedSheet(sheet)))
}

/** Opened with a double click by a Russian Excel. */
export async function csvFile(sheet: Omit<Sheet, 'title'>): Promise<Buffer> {
  return Buffer.from(await done('csv', await packedSheet({ title: '', ...sheet })))
}

const packedSheet = async ({ rows, ...sheet }: Sheet): Promise<PackedSheet> => ({ ...sheet, rows: await packed(rows) })

/** CSV or XLSX, told by its bytes, not by its name. Rows without a single text are left out, the others keep their numbers. */
export async function readTable(bytes: Uint8Array): Promise<TableRead> {
  if (bytes.length === 0) return { kind: 'refused', why: 'empty' }
  if (bytes.length > LIMITS.bytes) return { kind: 'refused', why: 'too-large' }
  try {
    const read = await done('read-table', bytes)
    return read.kind === 'read' ? { ...read, rows: await unpacked(read.rows) } : read
  } catch (thrown) {
    if (!(thrown instanceof DocumentThreadDied)) throw thrown
    return { kind: 'refused', why: 'too-large' }
  }
}
