/** What is told of codes that stay in view for many pictures: each once. */

/** The same pass again is news when it was out of view for so long. */
const PASS_STAYS_MS = 3000
/** A foreign code is often a poster on the wall behind the visitors: hidden by each of them, and no news after. */
const FOREIGN_STAYS_MS = 15_000
/** The answer to a pass is not covered by a foreign code that is in the picture too. */
const FOREIGN_QUIET_MS = 2000

export interface Telling {
  /** Whether this sight of a code is to be told; `now` in milliseconds of a monotonic clock. */
  isNews(text: string, ours: boolean, now: number): boolean
  /** All that is in view is news again. */
  afresh(): void
}

export function createTelling(): Telling {
  const seen = new Map<string, { last: number; stays: number }>()
  let quietUntil = Number.NEGATIVE_INFINITY
  return {
    isNews(text, ours, now) {
      for (const [key, { last, stays }] of seen) if (now - last >= stays) seen.delete(key)
      const known = seen.has(text)
      if (!known && !ours && now < quietUntil) return false
      seen.set(text, { last: now, stays: ours ? PASS_STAYS_MS : FOREIGN_STAYS_MS })
      if (ours) quietUntil = now + FOREIGN_QUIET_MS
      return !known
    },
    afresh() {
      seen.clear()
      quietUntil = Number.NEGATIVE_INFINITY
    },
  }
}
