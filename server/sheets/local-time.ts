const format = new Intl.DateTimeFormat('ru-RU', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/Moscow',
})

/** «22.11.2026 19:04», Moscow time: Russian Excel takes it for a time. */
export const localTime = (moment: Date): string => format.format(moment).replace(',', '')

/** Moscow has no summer time since 2014. */
const MOSCOW_MS = 3 * 3_600_000

/** The moment whose UTC fields say what a clock in Moscow shows: cells of XLSX know no time zones. */
export const asCellTime = (moment: Date): Date => new Date(moment.getTime() + MOSCOW_MS)
