/** Opening hours of a week, as kiosks and tracing read them. */
import { z } from 'zod'

const DAY = 24 * 60
const Minute = z.int().min(0).max(DAY)

/** Minutes of the local day; `to` before or at `from`: open past midnight, until `to` of the next day. */
export const DayHours = z.strictObject({ from: Minute.max(DAY - 1), to: Minute }).readonly()
export type DayHours = z.infer<typeof DayHours>

/** Seven days from Monday; null: closed that day. */
export const OpeningHours = z.array(DayHours.nullable()).length(7).readonly()
export type OpeningHours = z.infer<typeof OpeningHours>

/** With how far the place's clock is ahead of UTC (minutes). Russia has had no summer time since 2014. */
export const WeekHours = z
  .strictObject({ utcOffset: z.int().min(-DAY).max(DAY), days: OpeningHours })
  .readonly()
  .meta({ id: 'WeekHours' })
export type WeekHours = z.infer<typeof WeekHours>

/** @param now seconds since 1970 */
export function isOpenAt({ utcOffset, days }: WeekHours, now: number): boolean {
  const minutes = Math.floor(now / 60) + utcOffset
  const minute = ((minutes % DAY) + DAY) % DAY
  // 1970-01-01 was a Thursday: the fourth day from Monday
  const day = (((Math.floor(minutes / DAY) + 3) % 7) + 7) % 7
  const today = days[day]
  const yesterday = days[(day + 6) % 7]
  if (today && minute >= today.from && (minute < today.to || pastMidnight(today))) return true
  return Boolean(yesterday && pastMidnight(yesterday) && minute < yesterday.to)
}

const pastMidnight = ({ from, to }: DayHours): boolean => to <= from
