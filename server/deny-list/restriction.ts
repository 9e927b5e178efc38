import type { Standing } from '../../contract/decide/decide.ts'

/** Why a pass is refused for a while, or (`replaced`) for good until its own expiry. Times: milliseconds since 1970. */
export interface Restriction {
  readonly id: string
  readonly handle: string
  readonly kind: 'restricted' | 'replaced'
  /** when it began to be known and wanted: the later of its window's start and of its making */
  readonly from: number
  readonly until: number
  readonly lifted: number | null
}

type Shard = ReadonlyMap<string, readonly Restriction[]>

export interface Restrictions {
  /** of the table: all rows up to it are here */
  readonly version: string
  /** By the first three digits of a handle: a change copies one small map, not 300,000 entries (60 ms). */
  readonly shards: readonly (Shard | undefined)[]
}

const SHARDS = 4096
const shardOf = (handle: string): number => Number.parseInt(handle.slice(0, 3), 16) % SHARDS

export const NO_RESTRICTIONS: Restrictions = { version: '0', shards: Array.from({ length: SHARDS }, () => undefined) }

function inForce({ from, until, lifted }: Restriction, at: number): boolean {
  return from <= at && at < until && (lifted === null || at < lifted)
}

/** Of a pass at a moment, by what the server knows now. */
export function standingOf(handle: string, { shards }: Restrictions, at: number): Standing {
  const known = shards[shardOf(handle)]?.get(handle)
  const active = known?.filter((restriction) => inForce(restriction, at)) ?? []
  if (active.length === 0) return { kind: 'unlisted', age: 0 }
  return active.some(({ kind }) => kind === 'replaced') ? { kind: 'replaced' } : { kind: 'restricted', age: 0 }
}

/** With changed rows put in: other maps, the old ones are untouched. */
export function withChanges(
  { shards: before }: Restrictions,
  changed: readonly Restriction[],
  version: string,
): Restrictions {
  const shards = [...before]
  const own = new Map<number, Map<string, readonly Restriction[]>>()
  for (const restriction of changed) {
    const at = shardOf(restriction.handle)
    let shard = own.get(at)
    if (!shard) {
      shard = new Map(shards[at])
      own.set(at, shard)
      shards[at] = shard
    }
    const others = shard.get(restriction.handle)?.filter(({ id }) => id !== restriction.id) ?? []
    shard.set(restriction.handle, [...others, restriction])
  }
  return { version, shards }
}

/** Handles that a list of that moment holds, whatever the reason: none is published. A lifted one is off at once. */
export function* listedHandles({ shards }: Restrictions, at: number): Generator<string> {
  for (const shard of shards) {
    if (!shard) continue
    for (const [handle, known] of shard) {
      if (known.some((restriction) => restriction.lifted === null && inForce(restriction, at))) yield handle
    }
  }
}

/** The next moment after `at` when time alone changes the list. `undefined`: never. */
export function nextTurn({ shards }: Restrictions, at: number): number | undefined {
  let next: number | undefined
  for (const shard of shards) {
    if (!shard) continue
    for (const known of shard.values()) {
      for (const { from, until, lifted } of known) {
        if (lifted !== null && lifted <= at) continue
        for (const turn of [from, until]) if (turn > at && (next === undefined || turn < next)) next = turn
      }
    }
  }
  return next
}
