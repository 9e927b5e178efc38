/** Whether somebody holds up a code that cannot be read: pure, times in milliseconds of one monotonic clock. */
import type { Corners, Point } from './decoder.ts'

/** Looking for one costs as much as a search, so it is done seldom. */
const LOOK_EVERY_MS = 250
/** Seen so often with hardly a miss: on its way into the picture every code is smeared once. */
const SEEN_TIMES = 3
/** Advice stays so long after the last sight: whoever reads it moves the code meanwhile. */
const STAYS_MS = 2000
/** Part of the picture's height: what is smaller is a code on a far wall, and unread because it is small. */
const HELD_SIZE = 0.15
/** No hand holds a code so long so still (part of the picture's height): it is a poster in a bad light. */
const HANGS_AFTER_MS = 8000
const HANGS_WITHIN = 0.02

export interface Unread {
  /** a picture in which nothing was read is to be looked at again for what cannot be read */
  isDue(now: number): boolean
  /** `corners`: of a code that cannot be read, in pixels of a picture of that height */
  saw(corners: Corners | undefined, height: number, now: number): void
  /** something was read: nobody needs help */
  read(): void
  needsHelp(now: number): boolean
}

export function createUnread(): Unread {
  let due = Number.NEGATIVE_INFINITY
  let seen = 0
  let helpUntil = Number.NEGATIVE_INFINITY
  let place: { readonly middle: Point; readonly since: number } | undefined

  function isHeld(corners: Corners, height: number, now: number): boolean {
    const middle = middleOf(corners)
    const [corner] = corners
    // half of the diagonal of a square is 0.71 of its side
    if (distance(middle, corner) < 0.71 * HELD_SIZE * height) return false
    if (!place || distance(middle, place.middle) > HANGS_WITHIN * height) place = { middle, since: now }
    return now - place.since < HANGS_AFTER_MS
  }

  return {
    isDue: (now) => now >= due,
    saw(corners, height, now) {
      due = now + LOOK_EVERY_MS
      const held = corners !== undefined && isHeld(corners, height, now)
      seen = held ? Math.min(SEEN_TIMES, seen + 1) : Math.max(0, seen - 1)
      if (held && seen === SEEN_TIMES) helpUntil = now + STAYS_MS
    },
    read() {
      seen = 0
      helpUntil = Number.NEGATIVE_INFINITY
    },
    needsHelp: (now) => now < helpUntil,
  }
}

/** Nobody is to be helped: where pictures are handed in one by one (bench). */
export const nobodyToHelp: Unread = {
  isDue: () => false,
  saw: () => undefined,
  read: () => undefined,
  needsHelp: () => false,
}

function middleOf([a, , c]: Corners): Point {
  return { x: (a.x + c.x) / 2, y: (a.y + c.y) / 2 }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}
