/** What a scanner has typed among a person's keys, as told apart by their time: pure, times in ms of one clock. */

/** A pause longer than this, ms, begins another burst: a scanner's silence ends its code sooner (LONGEST_SILENCE, 600). */
const PAUSE = 700
/** A scan is told so long after its last key at most, ms: the silence that ends it, twice where the computer is busy. */
const TOLD_WITHIN = 1500

/** Keys that came without a pause, and what the field held before the first of them. */
export interface Burst {
  readonly before: string
  readonly lastAt: number
}

/**
 * A key went down, wherever the keyboard was. Keys are counted and not changes of the field: a long code goes on long after
 * the field is full.
 * @param value what the field holds, before that key
 */
export function keyDown(burst: Burst | undefined, value: string, at: number): Burst {
  return burst !== undefined && at - burst.lastAt <= PAUSE ? { ...burst, lastAt: at } : { before: value, lastAt: at }
}

/** A scanner has typed a code: what the field held before it; `undefined`: that scan was none of these keys. */
export function beforeScan(burst: Burst | undefined, at: number): string | undefined {
  return burst !== undefined && at - burst.lastAt <= TOLD_WITHIN ? burst.before : undefined
}
