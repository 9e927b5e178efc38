/**
 * The kept deny list, step by step and pure: what a manifest asks for, how a delta is merged, whether the array is the one
 * the manifest speaks of. Long work is a generator, so that whoever runs it can breathe between steps and checks go on.
 */
import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import {
  ENTRY_BYTES,
  entryMessage,
  listHolds,
  type DenyListDelta,
  type DenyListManifest,
} from '../../../contract/kiosk/deny-list.ts'

export interface DenyList {
  readonly manifest: DenyListManifest
  /** the manifest as it was signed */
  readonly jws: string
  readonly entries: Uint8Array
  readonly confirmedAt: Date
}

/** The highest that was ever seen: nothing before it is believed again. */
export interface ListSeen {
  readonly epoch: number
  readonly version: number
}

export type ListPlan =
  | { readonly kind: 'refuse'; readonly why: 'rolled-back' | 'expired' | 'two-of-one-version' }
  /** what we hold is the newest */
  | { readonly kind: 'confirm' }
  | { readonly kind: 'delta'; readonly from: number }
  | { readonly kind: 'snapshot' }

/** Signed by a clock that ours may be behind or ahead of. */
const CLOCK_TOLERANCE_MS = 120_000

export function planList(
  manifest: DenyListManifest,
  held: Pick<DenyList, 'manifest'> | undefined,
  seen: ListSeen,
  now: Date,
): ListPlan {
  const { epoch, version } = manifest
  if (epoch < seen.epoch || (epoch === seen.epoch && version < seen.version))
    return { kind: 'refuse', why: 'rolled-back' }
  if (now.getTime() > Date.parse(manifest.expiresAt) + CLOCK_TOLERANCE_MS) return { kind: 'refuse', why: 'expired' }
  if (held?.manifest.epoch !== epoch) return { kind: 'snapshot' }
  if (held.manifest.sha256 === manifest.sha256) return { kind: 'confirm' }
  if (held.manifest.version === version) return { kind: 'refuse', why: 'two-of-one-version' }
  return held.manifest.version >= manifest.deltasFrom && held.manifest.version < version
    ? { kind: 'delta', from: held.manifest.version }
    : { kind: 'snapshot' }
}

/** One step is about half a millisecond on a slow machine. */
const ENTRIES_A_STEP = 8192
const BYTES_A_STEP = 128 * 1024

let salted: { readonly listSalt: string; readonly key: KeyObject } | undefined

/** The entry of a handle under a salt. About 3 µs; making the key anew each time would cost 20 more. */
export function entryOf(handle: string, listSalt: string): Uint8Array {
  if (salted?.listSalt !== listSalt) salted = { listSalt, key: createSecretKey(Buffer.from(listSalt, 'base64url')) }
  return createHmac('sha256', salted.key)
    .update(entryMessage(Buffer.from(handle, 'hex')))
    .digest()
    .subarray(0, ENTRY_BYTES)
}

/** The list after a delta; `undefined` where the delta does not fit: a removal that is not there, an addition that is. */
export function* merge(
  entries: Uint8Array,
  { added, removed }: DenyListDelta,
): Generator<void, Uint8Array | undefined> {
  const length = entries.length + added.length - removed.length
  if (length < 0) return undefined
  const result = new Uint8Array(length)
  let at = 0
  let fromAdded = 0
  let fromRemoved = 0
  let copiedTo = 0
  const old = viewOf(entries)
  const more = viewOf(added)
  const less = viewOf(removed)
  const copyUntil = (end: number): boolean => {
    if (at + end - copiedTo > length) return false
    result.set(entries.subarray(copiedTo, end), at)
    at += end - copiedTo
    copiedTo = end
    return true
  }
  for (let steps = 0; fromAdded < added.length || fromRemoved < removed.length; steps++) {
    if (steps % (ENTRIES_A_STEP / 16) === ENTRIES_A_STEP / 16 - 1) yield
    const removing =
      fromRemoved < removed.length && (fromAdded >= added.length || compare(less, fromRemoved, more, fromAdded) < 0)
    if (removing) {
      const place = placeOf(old, copiedTo, less, fromRemoved)
      if (place >= entries.length || compare(old, place, less, fromRemoved) !== 0 || !copyUntil(place)) return undefined
      copiedTo += ENTRY_BYTES
      fromRemoved += ENTRY_BYTES
    } else {
      const place = placeOf(old, copiedTo, more, fromAdded)
      if (place < entries.length && compare(old, place, more, fromAdded) === 0) return undefined
      if (!copyUntil(place) || at + ENTRY_BYTES > length) return undefined
      result.set(added.subarray(fromAdded, fromAdded + ENTRY_BYTES), at)
      at += ENTRY_BYTES
      fromAdded += ENTRY_BYTES
    }
  }
  return copyUntil(entries.length) && at === length ? result : undefined
}

/** Whether an array is the one its manifest speaks of: count, SHA-256 of the whole, a handle it holds and one it does not. */
export function* isOfManifest(
  entries: Uint8Array,
  manifest: DenyListManifest,
  listSalt: string,
): Generator<void, boolean> {
  if (entries.length !== manifest.count * ENTRY_BYTES) return false
  const hash = createHash('sha256')
  for (let from = 0; from < entries.length; from += BYTES_A_STEP) {
    hash.update(entries.subarray(from, from + BYTES_A_STEP))
    yield
  }
  if (hash.digest('hex') !== manifest.sha256) return false
  const { hit, miss } = manifest.canary
  return listHolds(entries, entryOf(hit, listSalt)) && !listHolds(entries, entryOf(miss, listSalt))
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Entries are big-endian numbers of 64 bits; at byte offsets. */
function compare(one: DataView, at: number, other: DataView, otherAt: number): number {
  const high = one.getUint32(at) - other.getUint32(otherAt)
  return high === 0 ? one.getUint32(at + 4) - other.getUint32(otherAt + 4) : high
}

/** The first offset, from `from` on, whose entry is not below the sought one. */
function placeOf(list: DataView, from: number, sought: DataView, soughtAt: number): number {
  let low = from / ENTRY_BYTES
  let high = list.byteLength / ENTRY_BYTES
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(list, middle * ENTRY_BYTES, sought, soughtAt) < 0) low = middle + 1
    else high = middle
  }
  return low * ENTRY_BYTES
}
