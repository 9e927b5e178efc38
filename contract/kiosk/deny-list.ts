/**
 * The deny list: sorted 64-bit entries, `HMAC-SHA-256(listSalt, "deny1" || cti)[0..8]`, one flat array, binary search.
 * Exact on purpose: a Bloom filter at 1e-3 would refuse 10,000 healthy people a day. No reasons are in it.
 */
import { z } from 'zod'

export const ENTRY_BYTES = 8

const Handle = z.string().regex(/^[0-9a-f]{20}$/)

/** The payload of a JWS with typ `dopusk-deny+jws`, signed by a `list` key. */
export const DenyListManifest = z
  .strictObject({
    epoch: z.int().positive().meta({ description: 'new salt or a new start: versions begin again' }),
    version: z.int().nonnegative(),
    issuedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    count: z.int().nonnegative(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ description: 'of the whole array' }),
    deltasFrom: z.int().nonnegative().meta({ description: 'the oldest version of this epoch that deltas start from' }),
    canary: z
      .strictObject({ hit: Handle, miss: Handle })
      .readonly()
      .meta({ description: 'a handle that the list holds, and one that it does not' }),
  })
  .readonly()
  .meta({ id: 'DenyListManifest' })
export type DenyListManifest = z.infer<typeof DenyListManifest>

/** Lists are padded with decoys to a multiple of this, so that the size does not tell the day's cases. */
export const PADDED_TO = 4096

export interface DenyListDelta {
  /** sorted entries, a multiple of 8 bytes each */
  readonly added: Uint8Array
  readonly removed: Uint8Array
}

/** On the wire: number of entries added and removed (32 bits each, big-endian), then the entries, each part sorted. */
export function writeDelta({ added, removed }: DenyListDelta): Uint8Array {
  const bytes = new Uint8Array(8 + added.length + removed.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, added.length / ENTRY_BYTES)
  view.setUint32(4, removed.length / ENTRY_BYTES)
  bytes.set(added, 8)
  bytes.set(removed, 8 + added.length)
  return bytes
}

/** `undefined` where the bytes are no delta. */
export function readDelta(bytes: Uint8Array): DenyListDelta | undefined {
  if (bytes.length < 8) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const added = view.getUint32(0) * ENTRY_BYTES
  const removed = view.getUint32(4) * ENTRY_BYTES
  if (bytes.length !== 8 + added + removed) return undefined
  return { added: bytes.subarray(8, 8 + added), removed: bytes.subarray(8 + added) }
}

/** The message whose HMAC under the list's salt is a pass's entry. */
export function entryMessage(handle: Uint8Array): Uint8Array {
  const message = new Uint8Array(5 + handle.length)
  message.set([0x64, 0x65, 0x6e, 0x79, 0x31])
  message.set(handle, 5)
  return message
}

/** Whether a sorted list holds an entry; both are big-endian bytes, the list a multiple of 8 long. O(log n). */
export function listHolds(list: Uint8Array, entry: Uint8Array): boolean {
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength)
  const sought = new DataView(entry.buffer, entry.byteOffset, entry.byteLength)
  const high = sought.getUint32(0)
  const low = sought.getUint32(4)
  let from = 0
  let to = list.length / ENTRY_BYTES
  while (from < to) {
    const middle = (from + to) >>> 1
    const middleHigh = view.getUint32(middle * ENTRY_BYTES)
    const middleLow = view.getUint32(middle * ENTRY_BYTES + 4)
    if (middleHigh === high && middleLow === low) return true
    if (middleHigh < high || (middleHigh === high && middleLow < low)) from = middle + 1
    else to = middle
  }
  return false
}
