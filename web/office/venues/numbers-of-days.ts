import type { Numbers, VenueNumbers } from '../../../contract/office/cabinet.ts'

const HOUR = 3600_000
const DAY = 24 * HOUR

type Bar<Label extends string> = Numbers & Record<Label, string>

/** The venue's own midnight, milliseconds. */
const midnightOf = (now: number, utcOffset: number): number => {
  const shift = utcOffset * 60_000
  return Math.floor((now + shift) / DAY) * DAY - shift
}

const inside = (numbers: VenueNumbers, from: number, until: number): Numbers =>
  numbers.hours
    .filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < until)
    .reduce(
      (so, { admitted, refused, check }) => ({
        admitted: so.admitted + admitted,
        refused: so.refused + refused,
        check: so.check + check,
      }),
      { admitted: 0, refused: 0, check: 0 },
    )

/** All hours of today that have begun, from the first in which somebody came; at least six. */
export function byHour(numbers: VenueNumbers, now: number): Bar<'hour'>[] {
  const midnight = midnightOf(now, numbers.utcOffset)
  const until = Math.floor((now - midnight) / HOUR)
  const hours = Array.from({ length: until + 1 }, (_, hour) => ({
    hour: `${hour}:00`,
    ...inside(numbers, midnight + hour * HOUR, midnight + (hour + 1) * HOUR),
  }))
  const first = hours.findIndex(({ admitted, refused, check }) => admitted + refused + check > 0)
  return hours.slice(Math.max(0, Math.min(first, hours.length - 6)))
}

/** Today and the six days before, by the venue's clock. */
export function byDay(numbers: VenueNumbers, now: number, language: 'ru' | 'en'): Bar<'day'>[] {
  const midnight = midnightOf(now, numbers.utcOffset)
  const format = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', timeZone: 'UTC' })
  return Array.from({ length: 7 }, (_, back) => {
    const from = midnight - (6 - back) * DAY
    return { day: format.format(from + numbers.utcOffset * 60_000), ...inside(numbers, from, from + DAY) }
  })
}

export function busiestOf(hours: readonly Bar<'hour'>[]): Bar<'hour'> | undefined {
  const [most] = hours.toSorted((one, other) => other.admitted - one.admitted)
  return most && most.admitted > 0 ? most : undefined
}
