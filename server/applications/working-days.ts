/**
 * Deadlines in working days. The krai keeps Moscow's time, which has been UTC+3 without summer time since 2014. Holidays
 * are those of the Labour Code, article 112; the yearly decree that moves days off is not known here, so a deadline may
 * fall a day early around a moved day, never late by the law's own count.
 */
const HOUR = 3_600_000
const DAY = 24 * HOUR
const MOSCOW = 3 * HOUR
/** Hours of a working day, Moscow's time. */
const OPENS = 9
const CLOSES = 18

/** month-day */
const HOLIDAYS = new Set(
  '01-01 01-02 01-03 01-04 01-05 01-06 01-07 01-08 02-23 03-08 05-01 05-09 06-12 11-04'.split(' '),
)

/** Midnight in Moscow that the day of a moment began with. */
const dayOf = (moment: number): number => Math.floor((moment + MOSCOW) / DAY) * DAY - MOSCOW

/** @param day midnight in Moscow */
function isWorking(day: number): boolean {
  const local = new Date(day + MOSCOW)
  const weekend = local.getUTCDay() === 0 || local.getUTCDay() === 6
  return !weekend && !HOLIDAYS.has(local.toISOString().slice(5, 10))
}

/**
 * Closing time of the `days`-th working day after the one a paper came in on. What comes in after closing time or on a
 * day off has come in on the next working day.
 */
export function dueAfter(received: Date, days: number): Date {
  let day = dayOf(received.getTime())
  if (received.getTime() >= day + CLOSES * HOUR) day += DAY
  while (!isWorking(day)) day += DAY
  for (let left = days; left > 0; left -= isWorking(day) ? 1 : 0) day += DAY
  return new Date(day + CLOSES * HOUR)
}

/** Working hours between two moments, whole ones; negative where `to` is the earlier. */
export function workingHours(from: Date, to: Date): number {
  if (to < from) return -workingHours(to, from)
  let total = 0
  for (let day = dayOf(from.getTime()); day < to.getTime(); day += DAY) {
    if (!isWorking(day)) continue
    const begin = Math.max(day + OPENS * HOUR, from.getTime())
    const end = Math.min(day + CLOSES * HOUR, to.getTime())
    total += Math.max(0, end - begin)
  }
  return Math.floor(total / HOUR)
}
