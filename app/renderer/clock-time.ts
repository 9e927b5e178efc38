const TIME = new Intl.DateTimeFormat('ru-RU', { hour: '2-digit', minute: '2-digit' })
const SECONDS = new Intl.DateTimeFormat('ru-RU', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const DAY = new Intl.DateTimeFormat('ru-RU', { day: '2-digit', month: '2-digit' })

/** `14:20` by the wall clock of this place; `21.11 14:20` when it is not today. Text that is no instant stays as it is. */
export function clockTime(iso: string, now: number): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  return DAY.format(at) === DAY.format(now) ? TIME.format(at) : `${DAY.format(at)} ${TIME.format(at)}`
}

/** `14:20:07`, of an ISO instant of today. */
export function timeWithSeconds(iso: string): string {
  return SECONDS.format(new Date(iso))
}

export function hourAndMinute(now: number): string {
  return TIME.format(now)
}
