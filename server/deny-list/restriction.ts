import type { Standing } from '../contract/decide.ts'

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

export interface Restrictions {
  /** of the table: all rows up to it are here */
  readonly version: string
  readonly byHandle: ReadonlyMap<string, readonly Restriction[]>
}

function inForce({ from, until, lifted }: Restriction, at: number): boolean {
  return from <= at && at < until && (lifted === null || at < lifted)
}

/** Of a pass at a moment, by what the server knows now. */
export function standingOf(handle: string, restrictions: Restrictions, at: number): Standing {
  const known = restrictions.byHandle.get(handle)
  const active = known?.filter((restriction) => inForce(restriction, at)) ?? []
  if (active.length === 0) return { kind: 'unlisted', age: 0 }
  return active.some(({ kind }) => kind === 'replaced') ? { kind: 'replaced' } : { kind: 'restricted', age: 0 }
}

/** With changed rows put in: another map, the old one is untouched. */
export function withChanges(
  { byHandle }: Restrictions,
  changed: readonly Restriction[],
  version: string,
): Restrictions {
  const next = new Map(byHandle)
  for (const restriction of changed) {
    const others = next.get(restriction.handle)?.filter(({ id }) => id !== restriction.id) ?? []
    next.set(restriction.handle, [...others, restriction])
  }
  return { version, byHandle: next }
}

/** The next moment after `at` when time alone changes the list. `undefined`: never. */
export function nextTurn({ byHandle }: Restrictions, at: number): number | undefined {
  let next: number | undefined
  for (const known of byHandle.values()) {
    for (const { from, until, lifted } of known) {
      if (lifted !== null && lifted <= at) continue
      for (const turn of [from, until]) if (turn > at && (next === undefined || turn < next)) next = turn
    }
  }
  return next
}
