/**
 * [Note: a person typing is not a scan] Known scanners type a character every 10 ms (Honeywell) or every 80 ms with
 * peaks of 100 (Zebra); others lie between. A person's mean is 100 to 250 ms, a very fast one's 70, with rolled
 * bursts of three to five keys 20 to 40 ms apart. So no single gap tells them apart, and one of these does:
 *  - a mean no hand can keep up: 30 ms a key is 400 words a minute, 45 ms are 270. It takes a few keys, the more the
 *    slower, since a roll of the fingers is as quick; the Enter after it is not, so with it fewer are enough;
 *  - evenness: a slow scanner is paced by a clock, and its longest gap is less than 1.75 times its shortest. Among a
 *    person's dozen gaps the longest is three times the shortest and more;
 *  - length: sixty keys without one gap longer than a scanner's, for a slow scanner on a computer that lags.
 * What begins as only our codes begin is a scan without waiting for that, if no gap so far was longer than a
 * scanner's, or, since a computer may lag just then, once a dozen are no longer on average: nobody types base45 so
 * fast. A mistake costs little: a person taken for a scanner sees a grey «Код не распознан», since nobody types a
 * signature by hand; a foreign code taken for typing shows nothing.
 */

/** The gaps between the keys of one frame, milliseconds. Four numbers, however long the frame. */
export interface Rhythm {
  readonly gaps: number
  readonly sum: number
  readonly shortest: number
  readonly longest: number
}

export const NO_RHYTHM: Rhythm = { gaps: 0, sum: 0, shortest: Number.POSITIVE_INFINITY, longest: 0 }

/** A scanner's longest gap, ms: the slow make's peaks are 100, the rest is a busy computer's. */
export const MACHINE_GAP = 125
/** At least so many gaps, and their mean at most so many ms; see [Note: a person typing is not a scan]. */
const TOO_FAST_FOR_A_HAND = [
  { gaps: 7, mean: 30 },
  { gaps: 15, mean: 45 },
]
/** As above, when the last gap led to an Enter or Tab. */
const TOO_FAST_WITH_END = { gaps: 5, mean: 30 }
const EVEN_GAPS = 12
/** Longest gap over shortest. */
const EVEN_RATIO = 1.75
const LONG_GAPS = 60

export function withGap(rhythm: Rhythm, gap: number): Rhythm {
  const length = Math.max(0, gap)
  return {
    gaps: rhythm.gaps + 1,
    sum: rhythm.sum + length,
    shortest: Math.min(rhythm.shortest, length),
    longest: Math.max(rhythm.longest, length),
  }
}

/** Whether keys that are ours by their beginning came from a machine, as far as can be told by now. */
export function mayBeMachine(rhythm: Rhythm): boolean {
  const { gaps, sum } = rhythm
  return noGapTooLong(rhythm) || (gaps >= EVEN_GAPS && sum <= MACHINE_GAP * gaps)
}

function noGapTooLong(rhythm: Rhythm): boolean {
  return rhythm.longest <= MACHINE_GAP
}

/** Whether the keys of a whole frame came from a machine; `withEnd`: its last gap led to an Enter or Tab. */
export function isMachine(rhythm: Rhythm, withEnd: boolean): boolean {
  const { gaps, sum, shortest, longest } = rhythm
  const limits = withEnd ? [TOO_FAST_WITH_END, ...TOO_FAST_FOR_A_HAND] : TOO_FAST_FOR_A_HAND
  if (limits.some((limit) => gaps >= limit.gaps && sum <= limit.mean * gaps)) return true
  if (!noGapTooLong(rhythm)) return false
  return gaps >= LONG_GAPS || (gaps >= EVEN_GAPS && longest <= EVEN_RATIO * shortest)
}

const SHORTEST_SILENCE = 200
export const LONGEST_SILENCE = 600
/** As long as fewer than three gaps tell nothing. */
const FIRST_SILENCE = 300

/**
 * How long nothing must come before a frame without Enter or Tab is over, ms: six of its own gaps. A slow scanner on a
 * busy computer is not cut in two (seen at three gaps: 12 s of scanning for nothing), and a quick one is not waited for.
 */
export function silenceOf(rhythm: Rhythm): number {
  if (rhythm.gaps < 3) return FIRST_SILENCE
  return Math.min(LONGEST_SILENCE, Math.max(SHORTEST_SILENCE, (6 * rhythm.sum) / rhythm.gaps))
}
