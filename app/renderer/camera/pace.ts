/** Which frames are looked at: at most 15 a second; of a picture that stands still, 5 a second are searched for a code. */
const LOOK_EVERY_MS = 1000 / 15
/** A frame that comes a little early is the one that was due. */
const EARLY_MS = 6
const SEARCH_STILL_EVERY_MS = 200

export interface Pace {
  /** Times in milliseconds of one monotonic clock. */
  isDue(now: number): boolean
  isSearched(moved: boolean, now: number): boolean
}

export function createPace(): Pace {
  let due = Number.NEGATIVE_INFINITY
  let searched = Number.NEGATIVE_INFINITY
  return {
    isDue(now) {
      if (now < due - EARLY_MS) return false
      // frames that come late move the beat; a frame or two that jitter do not
      due = due + LOOK_EVERY_MS > now ? due + LOOK_EVERY_MS : now + LOOK_EVERY_MS
      return true
    },
    isSearched(moved, now) {
      if (!moved && now - searched < SEARCH_STILL_EVERY_MS - EARLY_MS) return false
      searched = now
      return true
    },
  }
}

/** Every frame is searched: where pictures are handed in one by one (bench). */
export const everyFrame: Pace = { isDue: () => true, isSearched: () => true }
