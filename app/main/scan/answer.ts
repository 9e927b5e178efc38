/** What was answered to a scan, and the screen that says it. */
import { assertNever } from '../../../contract/assert-never.ts'
import type { KioskMode, ResultState } from '../../preload/kiosk-api.ts'
import type { Admission } from './admit.ts'
import { standingNow, type Answered } from '../desk/resolve.ts'

export type DecidedAnswer = Extract<Admission, { kind: 'decided' }> &
  Answered & {
    /** what an employee, or nobody, made of it since: the one thing that changes */
    resolved?: Answered['resolved']
  }
export type Answer = Extract<Admission, { kind: 'unreadable' }> | DecidedAnswer

/**
 * How long a result stays, milliseconds. At a desk the employee must have time to act on it; the next scan interrupts it
 * all the same.
 */
const STAYS = { granted: 2000, denied: 5000, check: 8000, unreadable: 3000 } as const
const STAYS_AT_DESK = { granted: 4000, denied: 10_000, check: 'until-chosen', unreadable: 3000 } as const
const RESOLVED_STAYS = 3000

/** An amber that nobody has decided, not even the next visitor by coming. */
export const isOpen = (answer: Answer): answer is DecidedAnswer =>
  answer.kind === 'decided' && standingNow(answer) === 'open'

/** An amber that no employee has decided: shown again, it waits for one again. */
export const awaitsStaff = (answer: Answer): answer is DecidedAnswer =>
  answer.kind === 'decided' && answer.decision.outcome === 'check' && answer.resolved?.by !== 'staff'

export function stateOf(answer: Answer, scan: number, mode: KioskMode): ResultState {
  const stays = mode === 'desk' ? STAYS_AT_DESK : STAYS
  if (answer.kind === 'unreadable')
    return { kind: 'unreadable', scan, ms: stays.unreadable, ...(answer.foreign ? { foreign: answer.foreign } : {}) }
  const { decision, dataFrom, resolved } = answer
  if (resolved && !awaitsStaff(answer)) {
    const number = resolved.outcome === 'refused' && 'reference' in decision ? { reference: decision.reference } : {}
    return { kind: 'resolved', scan, ms: RESOLVED_STAYS, outcome: resolved.outcome, ...number }
  }
  switch (decision.outcome) {
    case 'granted':
      return { kind: 'granted', scan, ms: stays.granted, ...(dataFrom ? { dataFrom: dataFrom.toISOString() } : {}) }
    case 'denied':
      return { kind: 'denied', scan, ms: stays.denied, reason: decision.reason, reference: decision.reference }
    case 'check':
      return { kind: 'check', scan, ms: stays.check, reason: decision.reason, reference: decision.reference }
    default:
      return assertNever(decision)
  }
}
