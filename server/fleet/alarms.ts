/** What is wrong with a kiosk, by what it last said and when: pure. */
import { assertNever } from '../../contract/assert-never.ts'
import type { Heartbeat } from '../../contract/kiosk/devices.ts'
import { Alarm } from '../../contract/office/fleet.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** ms, but where said */
export const LIMITS = {
  /** silent so long: five heartbeats */
  offline: 5 * MINUTE,
  /** a visit that nobody can trace yet */
  unsent: HOUR,
  /** from here on kiosks say "offline" to visitors */
  list: HOUR,
  clock: 30_000,
  /** of the queue's room, and of the disk: 0 to 1 */
  full: 0.8,
} as const

/** What one heartbeat tells. @param now by the server's clock @param newest version that kiosks should have */
export function alarmsOf(told: Heartbeat, now: Date, newest: string): readonly Alarm[] {
  const age = (at: string | undefined): number => (at === undefined ? 0 : now.getTime() - Date.parse(at))
  const holds: Readonly<Record<Exclude<Alarm, 'offline'>, boolean>> = {
    'unsent-old': age(told.queue.oldest) > LIMITS.unsent,
    'list-old': !told.denyList || age(told.denyList.confirmedAt) > LIMITS.list,
    clock: Math.abs(told.clock.offset ?? 0) > LIMITS.clock || told.clock.trust !== 'good',
    'no-reader': !told.readers.some(({ live }) => live),
    'disk-full': told.queue.fill > LIMITS.full || (told.disk ?? 0) > LIMITS.full || told.unrecorded > 0,
    'dead-letters': told.queue.dead > 0,
    distrust: told.warnings.some((warning) => ['rolled-back', 'document-refused', 'no-seal-key'].includes(warning)),
    'keys-unprotected': told.warnings.includes('keys-unprotected'),
    'version-behind': isBehind(told.version, newest),
  }
  return Alarm.options.filter((alarm) => alarm !== 'offline' && holds[alarm])
}

/** 2: visits may go wrong now; 1: to be seen to. */
export function levelOf(alarms: readonly Alarm[]): 0 | 1 | 2 {
  if (alarms.length === 0) return 0
  return alarms.some(isTrouble) ? 2 : 1
}

function isTrouble(alarm: Alarm): boolean {
  switch (alarm) {
    case 'offline':
    case 'unsent-old':
    case 'list-old':
    case 'clock':
    case 'no-reader':
    case 'disk-full':
    case 'dead-letters':
    case 'distrust':
      return true
    case 'keys-unprotected':
    case 'version-behind':
      return false
    default:
      return assertNever(alarm)
  }
}

/** By its numbers; what comes after a hyphen is of no account. */
export function isBehind(version: string, newest: string): boolean {
  const numbers = (text: string): readonly number[] => (text.split('-')[0] ?? '').split('.').map(Number)
  const [own, other] = [numbers(version), numbers(newest)]
  for (let at = 0; at < Math.max(own.length, other.length); at++) {
    const difference = (own[at] ?? 0) - (other[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
