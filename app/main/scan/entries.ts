/** When a pass was last let in here, in memory only: a disk must not tell who came. */
export interface Entries {
  /** seconds; `undefined` where nobody remembers */
  since(handle: string): number | undefined
  entered(handle: string): void
}

/** A busy door sees this many in some hours; what is forgotten is merely let in again. */
const REMEMBERED = 20_000

/** @param now milliseconds of a monotonic clock */
export function createEntries(now: () => number): Entries {
  const last = new Map<string, number>()
  return {
    since(handle) {
      const at = last.get(handle)
      return at === undefined ? undefined : (now() - at) / 1000
    },
    entered(handle) {
      last.delete(handle)
      last.set(handle, now())
      const [oldest] = last.keys()
      if (last.size > REMEMBERED && oldest !== undefined) last.delete(oldest)
    },
  }
}
