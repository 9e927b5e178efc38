/**
 * PostgreSQL's binary array format (array_recv): one parameter carries a column of many rows, and neither side writes
 * or reads text. `pg` sends a Buffer as a binary parameter.
 */

/** How a column's values are laid out. `oid`: pg_type.oid of the element; `size`: bytes, or -1 where they vary. */
export interface ColumnType<Value> {
  readonly oid: number
  readonly name: string
  size(value: Value): number
  write(value: Value, into: Buffer, at: number): void
}

/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = 946_684_800_000

const fixed = <Value>(
  oid: number,
  name: string,
  size: number,
  write: (value: Value, into: Buffer, at: number) => void,
): ColumnType<Value> => ({ oid, name, size: () => size, write })

export const int4 = fixed<number>(23, 'int4', 4, (value, into, at) => into.writeInt32BE(value, at))
export const int2 = fixed<number>(21, 'int2', 2, (value, into, at) => into.writeInt16BE(value, at))
/** Safe integers only. Two 32-bit halves: a BigInt a value would cost more than the rest of the row. */
export const int8 = fixed<number>(20, 'int8', 8, (value, into, at) => {
  const high = Math.floor(value / 0x1_0000_0000)
  into.writeInt32BE(high, at)
  into.writeUInt32BE(value - high * 0x1_0000_0000, at + 4)
})
/** Whole milliseconds since 1970. Only odd clocks (over 285 years away) need a BigInt. */
export const timestamptz = fixed<number>(1184, 'timestamptz', 8, (value, into, at) => {
  const micros = (value - POSTGRES_EPOCH_MS) * 1000
  if (Number.isSafeInteger(micros)) int8.write(micros, into, at)
  else into.writeBigInt64BE(BigInt(value - POSTGRES_EPOCH_MS) * 1000n, at)
})
/** 36 characters, lower case or upper. */
export const uuid = fixed<string>(2950, 'uuid', 16, (value, into, at) =>
  into.write(value.replaceAll('-', ''), at, 'hex'),
)
/** Hex digits. */
export const bytea: ColumnType<string> = {
  oid: 17,
  name: 'bytea',
  size: (value) => value.length >> 1,
  write: (value, into, at) => into.write(value, at, 'hex'),
}
/** ASCII only: the words of this system. */
export const text: ColumnType<string> = {
  oid: 25,
  name: 'text',
  size: (value) => value.length,
  write: (value, into, at) => into.write(value, at, 'latin1'),
}

const HEADER_BYTES = 20

/** A one-dimensional array; `null` is SQL's null. */
export function binaryArray<Value>(type: ColumnType<Value>, values: readonly (Value | null)[]): Buffer {
  let bytes = HEADER_BYTES
  let nulls = 0
  for (const value of values) {
    if (value === null) nulls = 1
    bytes += 4 + (value === null ? 0 : type.size(value))
  }
  const array = Buffer.allocUnsafe(bytes)
  array.writeInt32BE(1, 0)
  array.writeInt32BE(nulls, 4)
  array.writeInt32BE(type.oid, 8)
  array.writeInt32BE(values.length, 12)
  array.writeInt32BE(1, 16)
  let at = HEADER_BYTES
  for (const value of values) {
    const size = value === null ? -1 : type.size(value)
    array.writeInt32BE(size, at)
    at += 4
    if (value !== null) {
      type.write(value, array, at)
      at += size
    }
  }
  return array
}
