/**
 * The deny list: sorted 64-bit entries, `HMAC-SHA-256(listSalt, "deny1" || cti)[0..8]`, one flat array, binary search.
 * Exact on purpose: a Bloom filter at 1e-3 would refuse 10,000 healthy people a day. No reasons are in it.
 */
import { z } from 'zod'

export const ENTRY_BYTES = 8

export const DenyListManifest = z
  .strictObject({
    epoch: z.int().positive(),
    version: z.int().nonnegative(),
    issuedAt: z.iso.datetime(),
    count: z.int().nonnegative(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ description: 'of the whole snapshot' }),
    snapshot: z.string().regex(/^\/v1\/deny-list\/snapshot\/\d+\/\d+$/),
  })
  .readonly()
  .meta({ id: 'DenyListManifest' })
export type DenyListManifest = z.infer<typeof DenyListManifest>

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
