/** Milliseconds of a clock that never jumps. */
export type SteadyClock = () => number
/** Calls back after `ms` milliseconds; what it returns calls that off. */
export type StartTimer = (callback: () => void, ms: number) => () => void

export interface Silence {
  /** Something came: silence is `ms` milliseconds without the next one. */
  expectWithin(ms: number): void
  cancel(): void
}

/** A timer that fires later than this, ms, tells that the process was busy. */
const LATE = 30

/**
 * Says when nothing came for a while. A timer that fires late tells that the process was busy, and what came in time
 * may still be waiting behind it: then it waits once more, so that a code is not cut in two.
 */
export function createSilence(onSilence: () => void, now: SteadyClock, startTimer: StartTimer): Silence {
  let cancel: (() => void) | undefined
  const wait = (ms: number): void => {
    cancel?.()
    const due = now() + ms
    cancel = startTimer(() => {
      cancel = undefined
      if (now() - due > LATE) wait(ms)
      else onSilence()
    }, ms)
  }
  return {
    expectWithin: wait,
    cancel() {
      cancel?.()
      cancel = undefined
    },
  }
}

export const startRealTimer: StartTimer = (callback, ms) => {
  const timer = setTimeout(callback, ms)
  return () => clearTimeout(timer)
}
