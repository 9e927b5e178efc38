import { ENTRY_BYTES, type DenyListDelta } from '../../contract/kiosk/deny-list.ts'

/** Sorted 64-bit numbers, each once: how lists are compared. The wire has them as big-endian bytes. */
export type Entries = BigUint64Array<ArrayBuffer>

export function entriesOf(bytes: Uint8Array): Entries {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = new BigUint64Array(bytes.length / ENTRY_BYTES)
  for (let at = 0; at < entries.length; at++) entries[at] = view.getBigUint64(at * ENTRY_BYTES)
  return entries
}

export function bytesOf(entries: Entries): Uint8Array {
  const bytes = new Uint8Array(entries.length * ENTRY_BYTES)
  const view = new DataView(bytes.buffer)
  entries.forEach((entry, at) => view.setBigUint64(at * ENTRY_BYTES, entry))
  return bytes
}

/** What leads from one list to the other. Both are big-endian, sorted, each entry once. */
export function deltaBetween(before: Uint8Array, after: Uint8Array): DenyListDelta {
  const [old, young] = [viewOf(before), viewOf(after)]
  const added: number[] = []
  const removed: number[] = []
  let a = 0
  let b = 0
  while (a < before.length || b < after.length) {
    const order = a >= before.length ? 1 : b >= after.length ? -1 : compare(old, a, young, b)
    if (order < 0) removed.push(a)
    if (order > 0) added.push(b)
    if (order <= 0) a += ENTRY_BYTES
    if (order >= 0) b += ENTRY_BYTES
  }
  return { added: picked(after, added), removed: picked(before, removed) }
}

/** The list with a delta in it; `undefined` where the delta is not one of this list. */
export function withDelta(list: Uint8Array, { added, removed }: DenyListDelta): Uint8Array | undefined {
  const length = list.length + added.length - removed.length
  if (length < 0) return undefined
  const result = new Uint8Array(length)
  const [old, more, less] = [viewOf(list), viewOf(added), viewOf(removed)]
  let from = 0
  let add = 0
  let to = 0
  for (let remove = 0; from < list.length || add < added.length;) {
    const order = from >= list.length ? 1 : add >= added.length ? -1 : compare(old, from, more, add)
    if (order === 0) return undefined
    if (order > 0) {
      if (to === length) return undefined
      result.set(added.subarray(add, add + ENTRY_BYTES), to)
      add += ENTRY_BYTES
      to += ENTRY_BYTES
      continue
    }
    // whole runs between two changes are copied at once
    const end = nextChange(old, from, list.length, more, add, added.length, less, remove, removed.length)
    if (end > from) {
      if (to + end - from > length) return undefined
      result.set(list.subarray(from, end), to)
      to += end - from
      from = end
    } else {
      from += ENTRY_BYTES
      remove += ENTRY_BYTES
    }
  }
  return to === length ? result : undefined
}

/** Where the list's run ends that neither an addition nor a removal interrupts. */
function nextChange(
  list: DataView,
  from: number,
  end: number,
  added: DataView,
  add: number,
  addEnd: number,
  removed: DataView,
  remove: number,
  removeEnd: number,
): number {
  const stopAdd = add < addEnd ? firstNotLess(list, from, end, added, add) : end
  const stopRemove = remove < removeEnd ? firstNotLess(list, from, end, removed, remove) : end
  if (stopRemove >= stopAdd) return stopAdd
  return compare(list, stopRemove, removed, remove) === 0 ? stopRemove : stopAdd
}

function firstNotLess(list: DataView, from: number, end: number, sought: DataView, at: number): number {
  let low = from / ENTRY_BYTES
  let high = end / ENTRY_BYTES
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(list, middle * ENTRY_BYTES, sought, at) < 0) low = middle + 1
    else high = middle
  }
  return low * ENTRY_BYTES
}

/** Many steps, one after the other, as one: what is added and removed again does not show. */
export function composed(steps: readonly DenyListDelta[]): DenyListDelta {
  const net = new Map<bigint, boolean>()
  const note = (entry: bigint, isAdded: boolean): void => {
    if (net.get(entry) === !isAdded) net.delete(entry)
    else net.set(entry, isAdded)
  }
  for (const { added, removed } of steps) {
    for (const entry of entriesOf(removed)) note(entry, false)
    for (const entry of entriesOf(added)) note(entry, true)
  }
  const sorted = (isAdded: boolean): Uint8Array =>
    bytesOf(BigUint64Array.from([...net].filter(([, each]) => each === isAdded).map(([entry]) => entry)).sort())
  return { added: sorted(true), removed: sorted(false) }
}

/** The way back. */
export const reversed = ({ added, removed }: DenyListDelta): DenyListDelta => ({ added: removed, removed: added })

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function compare(one: DataView, a: number, other: DataView, b: number): number {
  const high = one.getUint32(a) - other.getUint32(b)
  return high === 0 ? one.getUint32(a + 4) - other.getUint32(b + 4) : high
}

function picked(list: Uint8Array, places: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(places.length * ENTRY_BYTES)
  places.forEach((place, at) => bytes.set(list.subarray(place, place + ENTRY_BYTES), at * ENTRY_BYTES))
  return bytes
}
