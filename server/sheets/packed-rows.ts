import { deserialize, serialize } from 'node:v8'
import { inSlices } from './in-slices.ts'

/** Of a table that has up to 100,000 rows: some milliseconds of packing. */
const ROWS = 250

/**
 * Rows on their way between threads. As they are they would be copied in one go, and the thread that answers scans would
 * stand still for as long; as bytes they cost next to nothing, and are packed and unpacked with breaks.
 */
export interface PackedRows<Row> {
  readonly bytes: readonly Uint8Array[]
  /** of what; no value is ever here */
  readonly row?: Row
}

export async function packed<Row>(rows: readonly Row[]): Promise<PackedRows<Row>> {
  const parts = Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, at) => at * ROWS)
  return { bytes: await inSlices(parts, (from) => serialize(rows.slice(from, from + ROWS))) }
}

export async function unpacked<Row>({ bytes }: PackedRows<Row>): Promise<Row[]> {
  // nobody else packs
  const parts = await inSlices(bytes, (part) => deserialize(part) as Row[])
  return parts.flat()
}
