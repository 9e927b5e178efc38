/**
 * What an employee's action, or the next visitor, makes of the answer on a desk's screen: a pure function. Green counts as
 * let in and red as refused unless the employee says otherwise while it shows; amber waits for the employee's word.
 */
import type { AdmissionDecision, Resolution } from '../../../contract/kiosk/admission.ts'
import { assertNever } from '../../../contract/assert-never.ts'
import type { StaffAction } from '../../preload/kiosk-api.ts'

/** An admission that was answered, with what has become of it since. */
export interface Answered {
  readonly id: string
  readonly accessPoint: number
  readonly decision: AdmissionDecision
  readonly resolved?: Pick<Resolution, 'outcome' | 'by' | 'at'>
}

/** `overtaken`: another visitor's answer has taken the screen, or the kiosk stops. */
export type DeskAction = StaffAction | { readonly kind: 'overtaken' }

export type DeskStep =
  | { readonly kind: 'nothing' }
  /** why is a refused person let in? */
  | { readonly kind: 'ask'; readonly reference: string }
  | { readonly kind: 'resolution'; readonly resolution: Resolution }

/** A press this early was meant for the answer before: seeing takes 200 ms, moving a finger 100 more. */
export const TOO_SOON_MS = 300

const NOTHING: DeskStep = { kind: 'nothing' }

/** Where the person stands by now; `open`: an amber that nobody has decided. */
export function standingNow({ decision, resolved }: Answered): Resolution['outcome'] | 'open' {
  if (resolved) return resolved.outcome
  switch (decision.outcome) {
    case 'granted':
      return 'admitted'
    case 'denied':
      return 'refused'
    case 'check':
      return 'open'
    default:
      return assertNever(decision)
  }
}

/** @param shownFor milliseconds from when this answer took the screen until the key went down; less than none: it was not there yet */
export function resolve(answered: Answered, action: DeskAction, now: Date, shownFor: number): DeskStep {
  const standing = standingNow(answered)
  switch (action.kind) {
    case 'overtaken':
      return standing === 'open' ? resolution(answered, 'refused', 'auto', now) : NOTHING
    case 'refuse':
      if (shownFor < TOO_SOON_MS) return NOTHING
      if (standing === 'refused' && answered.resolved?.by === 'staff') return NOTHING
      return resolution(answered, 'refused', 'staff', now)
    case 'admit': {
      if (shownFor < TOO_SOON_MS || standing === 'admitted') return NOTHING
      const { decision } = answered
      if (decision.outcome !== 'denied') return resolution(answered, 'admitted', 'staff', now)
      if (action.reason === undefined) return { kind: 'ask', reference: decision.reference }
      return resolution(answered, 'admitted', 'staff', now, action.reason)
    }
    default:
      return assertNever(action)
  }
}

/** Of two resolutions the server believes the one with the later time, so a second is always later than the first. */
function resolution(
  { id, accessPoint, resolved }: Answered,
  outcome: Resolution['outcome'],
  by: Resolution['by'],
  now: Date,
  reason?: Resolution['reason'],
): DeskStep {
  const at = new Date(Math.max(now.getTime(), resolved ? Date.parse(resolved.at) + 1 : 0)).toISOString()
  return {
    kind: 'resolution',
    resolution: { id, accessPoint, outcome, by, at, ...(reason === undefined ? {} : { reason }) },
  }
}
