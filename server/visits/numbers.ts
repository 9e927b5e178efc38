import type { Numbers } from '../../contract/office/cabinet.ts'

const HOUR = 3600_000
const DAY = 24 * HOUR

/** Milliseconds; the days and hours are a place's own. @param utcOffset minutes ahead of UTC */
export const startOfDay = (now: number, utcOffset: number): number => {
  const shift = utcOffset * 60_000
  return Math.floor((now + shift) / DAY) * DAY - shift
}

/** Today and the six days before it. */
export const startOfWeek = (now: number, utcOffset: number): number => startOfDay(now, utcOffset) - 6 * DAY

/** The smallest UUIDv7 of a moment: visits lie in the order of their ids, and a day's in a partition of its own. */
export function lowestId(at: number): string {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

const NOBODY: Numbers = { admitted: 0, refused: 0, check: 0 }

export const sum = (all: readonly Numbers[]): Numbers =>
  all.reduce(
    (so, { admitted, refused, check }) => ({
      admitted: so.admitted + admitted,
      refused: so.refused + refused,
      check: so.check + check,
    }),
    NOBODY,
  )
