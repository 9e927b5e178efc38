/** What a heartbeat says, in words: shared by the list and the page of one terminal. */
import dayjs from 'dayjs'
import type { Heartbeat } from '../../../contract/kiosk/devices.ts'
import type { FleetDevice } from '../../../contract/office/fleet.ts'
import type { FleetWords } from './fleet-words.ts'
import type { Standing } from '../kit/StateWord.tsx'

export const moment = (iso: string): string => dayjs(iso).format('DD.MM.YYYY HH:mm')

export const ago = (iso: string | null | undefined, words: FleetWords): string =>
  iso ? words.ago(Math.max(0, Math.floor((Date.now() - Date.parse(iso)) / 60_000))) : words.never

export function clockWords(report: Heartbeat, words: FleetWords): string {
  const seconds = Math.round((report.clock.offset ?? 0) / 1000)
  return seconds === 0 ? words.exact : words.seconds(-seconds)
}

export function readerWords(report: Heartbeat, words: FleetWords): string {
  const told = report.readers.map(({ kind, live }) =>
    live ? words.reader[kind] : `${words.reader[kind]} (${words.readerGone})`,
  )
  return told.length === 0 ? words.none : told.join(', ')
}

/** How a device stands, as shape and word. Trouble is told of those that work only. */
export function standing(device: FleetDevice, words: FleetWords): { readonly is: Standing; readonly word: string } {
  if (device.state === 'pending') return { is: 'wait', word: words.states.pending }
  if (device.state === 'revoked') return { is: 'over', word: words.states.revoked }
  const [first] = device.alarms
  if (first === undefined) {
    return device.seenAt === null ? { is: 'going', word: words.silent } : { is: 'good', word: words.well }
  }
  const isMinor = device.alarms.every((alarm) => alarm === 'keys-unprotected' || alarm === 'version-behind')
  return { is: isMinor ? 'wait' : 'bad', word: words.alarms[first] }
}
