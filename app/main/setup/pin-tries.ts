/** How often a PIN may be tried. Pure, with the time as a value. */
export interface PinTries {
  readonly wrong: number
  /** ms since 1970; until then no PIN is looked at */
  readonly pausedUntil: number
}

export const NO_PIN_TRIES: PinTries = { wrong: 0, pausedUntil: 0 }

/** So many wrong ones, then a pause, ms. 10,000 PINs of four digits take a day and a half. */
export const WRONG_AT_MOST = 5
export const PIN_PAUSE = 60_000

export const isPaused = (tries: PinTries, now: number): boolean => now < tries.pausedUntil

/** After the pause five more may be tried. */
export function wrongPin(tries: PinTries, now: number): PinTries {
  const wrong = tries.wrong + 1
  return wrong < WRONG_AT_MOST ? { ...tries, wrong } : { wrong: 0, pausedUntil: now + PIN_PAUSE }
}
