import { decisionOf, type AdmissionDecision, type AdmissionRequest } from '../../contract/kiosk/admission.ts'
import { decide, type DecisionRules, type Ruling } from '../../contract/decide/decide.ts'
import type { PassCheck } from '../../contract/pass/pass.ts'
import { standingOf, type Restrictions } from '../deny-list/restriction.ts'
import type { Device } from '../devices/device.ts'
import type { AccessPoint } from '../venues/venue.ts'
import { boundedNow, type Visit } from '../visits/visit.ts'

/** What the server rules of a pass shown at a moment (milliseconds since 1970), by what it knows now. */
export function rule(
  pass: PassCheck,
  restrictions: Restrictions,
  point: AccessPoint,
  /** the region's */
  rules: DecisionRules,
  at: number,
): Ruling {
  const standing =
    pass.kind === 'authentic'
      ? standingOf(pass.claims.handle, restrictions, at)
      : ({ kind: 'unlisted', age: 0 } as const)
  const now = Math.floor(at / 1000)
  const facts = { pass, standing, now, clockTrusted: true, venueCode: point.venue.code, keySetAge: 0 }
  return decide(facts, { ...rules, ...point.own.rules })
}

export const handleOf = (pass: PassCheck): string | null => (pass.kind === 'authentic' ? pass.claims.handle : null)

/** What let in means: a time of entry at an entry, of leaving at an exit; neither otherwise. */
export function passage(
  point: AccessPoint,
  letIn: boolean,
  at: number,
): { readonly enteredAt: number | null; readonly leftAt: number | null } {
  const { direction } = point
  return { enteredAt: letIn && direction === 'entry' ? at : null, leftAt: letIn && direction === 'exit' ? at : null }
}

/** The record of an admission the server decides now. `undefined`: the credential is none of ours. */
export function admissionNow(
  request: AdmissionRequest,
  facts: {
    readonly device: Device
    readonly point: AccessPoint
    readonly pass: PassCheck
    readonly restrictions: Restrictions
    readonly rules: DecisionRules
    readonly now: number
  },
): Visit | undefined {
  const { device, point, pass, restrictions, rules, now } = facts
  const ruling = rule(pass, restrictions, point, rules, now)
  if (ruling.outcome === 'unreadable') return undefined
  const decision: AdmissionDecision = decisionOf(ruling, request.id)
  const presentedAt = Date.parse(request.presentedAt)
  const { at, flags } = boundedNow(request.id, presentedAt, now)
  return {
    venueId: point.venue.id,
    // RFC 9562: digits may come in upper case; PostgreSQL answers in lower
    id: request.id.toLowerCase(),
    accessPointId: point.id,
    deviceId: device.id,
    passHandle: handleOf(pass),
    presentedAt,
    ...passage(point, decision.outcome === 'granted', at),
    decision,
    decidedBy: 'server',
    resolved: null,
    flags,
    clockOffset: null,
    clockUncertainty: null,
  }
}
