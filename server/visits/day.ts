/** A UTC day of the table `visits`: all UUIDv7 whose time lies in it. */
export interface DayPartition {
  readonly table: string
  /** first id of the day */
  readonly from: string
  /** first id of the next day */
  readonly to: string
}

export const DAY_MS = 24 * 3600 * 1000

/** The smallest UUID of a moment: 48 bits of milliseconds, then zeros. */
export function firstId(milliseconds: number): string {
  const time = Math.floor(milliseconds).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
}

export function dayPartition(moment: number): DayPartition {
  const start = Math.floor(moment / DAY_MS) * DAY_MS
  const name = new Date(start).toISOString().slice(0, 10).replaceAll('-', '')
  return { table: `visits_${name}`, from: firstId(start), to: firstId(start + DAY_MS) }
}

/** Yesterday (kiosks catch up after midnight) to `ahead` days from now. */
export function daysAhead(now: number, ahead: number): readonly DayPartition[] {
  return Array.from({ length: ahead + 2 }, (_, at) => dayPartition(now + (at - 1) * DAY_MS))
}
