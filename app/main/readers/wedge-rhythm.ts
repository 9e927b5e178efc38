/**
 * [Note: a person typing is not a scan] Known scanners type a character every 10 ms (Honeywell) or every 80 ms with
 * peaks of 100 (Zebra); others lie between. A person's mean is 100 to 250 ms, a very fast one's 70, with rolled
 * bursts of three to five keys 20 to 40 ms apart. So no single gap tells them apart, and two things together do:
 *  - a mean no hand can keep up: 30 ms a key is 400 words a minute. It takes a few keys, since a roll of the fingers
 *    is as quick; the Enter after it is not, so with one fewer are enough;
 *  - or evenness: a slow scanner is paced by a clock. Its gaps scatter by a tenth of their mean, a person's by a third
 *    and more. This needs a dozen keys, and no gap longer than a scanner ever takes.
 * What begins as only our codes begin is a scan without waiting for that, if no gap so far was longer than a
 * scanner's. A mistake costs little: a person taken for a scanner sees a grey «Код не распознан», since nobody types a
 * signature by hand; a foreign code taken for typing shows nothing.
 */

/** The gaps between the keys of one frame, milliseconds. Four numbers, however long the frame. */
export interface Rhythm {
  readonly gaps: number
  readonly sum: number
  readonly squares: number
  readonly longest: number
}

export const NO_RHYTHM: Rhythm = { gaps: 0, sum: 0, squares: 0, longest: 0 }

/** A scanner's longest gap, ms: the slow make's peaks are 100, the rest is a busy computer's. */
export const MACHINE_GAP = 125
/** ms; see [Note: a person typing is not a scan]. */
const FAST_MEAN = 30
const FAST_GAPS = 7
const FAST_GAPS_WITH_END = 5
const EVEN_GAPS = 11
/** Standard deviation over mean. */
const EVEN_SCATTER = 0.2

export function withGap(rhythm: Rhythm, gap: number): Rhythm {
  const length = Math.max(0, gap)
  return {
    gaps: rhythm.gaps + 1,
    sum: rhythm.sum + length,
    squares: rhythm.squares + length * length,
    longest: Math.max(rhythm.longest, length),
  }
}

/** No gap so far that a scanner would not leave. */
export function mayBeMachine(rhythm: Rhythm): boolean {
  return rhythm.longest <= MACHINE_GAP
}

/** Whether the keys of a whole frame came from a machine; `withEnd`: its last gap led to an Enter or Tab. */
export function isMachine(rhythm: Rhythm, withEnd: boolean): boolean {
  const { gaps, sum, squares } = rhythm
  if (gaps === 0) return false
  const mean = sum / gaps
  if (gaps >= (withEnd ? FAST_GAPS_WITH_END : FAST_GAPS) && mean <= FAST_MEAN) return true
  const scatter = Math.sqrt(Math.max(0, squares / gaps - mean * mean))
  return gaps >= EVEN_GAPS && mayBeMachine(rhythm) && scatter <= EVEN_SCATTER * mean
}

/**
 * How long nothing must come before a frame without Enter or Tab is over, ms: three of its own gaps, so that a slow
 * scanner on a busy computer is not cut in two and a quick one is not waited for.
 */
export function silenceOf(rhythm: Rhythm): number {
  if (rhythm.gaps < 3) return SHORTEST_SILENCE
  return Math.min(LONGEST_SILENCE, Math.max(SHORTEST_SILENCE, (3 * rhythm.sum) / rhythm.gaps))
}

export const SHORTEST_SILENCE = 150
const LONGEST_SILENCE = 300
