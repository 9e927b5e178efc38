import type { AdmissionEvent, EventEnvelope, EventVerdict, Resolution } from '../../contract/kiosk/admission.ts'
import type { DecisionRules } from '../../contract/decide/decide.ts'
import type { PassCheck } from '../../contract/pass/pass.ts'
import type { Restrictions } from '../deny-list/restriction.ts'
import type { Device } from '../devices/device.ts'
import type { AccessPoint } from '../venues/venue.ts'
import { believed, boundedPast, clampPast, CLOCK_TOLERANCE, FLAG, type Stamp, type Visit } from '../visits/visit.ts'
import { handleOf, passage, rule } from './admission.ts'

export interface EventFacts {
  readonly device: Device
  readonly point: AccessPoint
  readonly pass: PassCheck
  readonly restrictions: Restrictions
  readonly rules: DecisionRules
  readonly stamp: Stamp
  readonly now: number
}

/** Further than this no clock is off (ms, 250,000 years). */
const FURTHEST = 8e15

/** An envelope's times, whole and within what a database can hold. */
export function stampOf({ wall, offset, uncertainty }: Omit<EventEnvelope, 'event'>): Stamp {
  const whole = (ms: number): number => Math.round(Math.min(Math.max(ms, -FURTHEST), FURTHEST))
  return {
    wall: whole(wall),
    offset: offset === undefined ? null : whole(offset),
    uncertainty: uncertainty === undefined ? null : whole(uncertainty),
  }
}

type ToldAdmission = Extract<AdmissionEvent, { kind: 'admission' }>

/** What a kiosk decided alone, as it is recorded: never refused, only flagged where the server would differ. */
export function admissionTold({ request, decision }: ToldAdmission, facts: EventFacts): Visit {
  const { device, point, pass, restrictions, rules, stamp, now } = facts
  const presentedAt = Date.parse(request.presentedAt)
  const { at, flags } = boundedPast(request.id, stamp, now)
  const ruling = rule(pass, restrictions, point, rules, at)
  const differs = ruling.outcome !== decision.outcome || reasonOf(ruling) !== reasonOf(decision)
  return {
    venueId: point.venue.id,
    id: request.id.toLowerCase(),
    accessPointId: point.id,
    deviceId: device.id,
    passHandle: handleOf(pass),
    presentedAt,
    ...passage(point, decision.outcome === 'granted', at),
    decision,
    decidedBy: 'kiosk',
    resolved: null,
    flags: flags | (differs ? FLAG.differs : 0) | (pass.kind === 'authentic' ? 0 : FLAG.unverified),
    clockOffset: stamp.offset,
    clockUncertainty: stamp.uncertainty,
  }
}

const reasonOf = (ruling: object): unknown => ('reason' in ruling ? ruling.reason : undefined)

/** All that a batch says of one admission. `at…`: places in the batch. */
export interface Story {
  readonly id: string
  readonly admissions: { readonly place: number; readonly visit: Visit }[]
  readonly resolutions: {
    readonly place: number
    readonly point: AccessPoint
    readonly resolution: Resolution
    readonly stamp: Stamp
  }[]
}

export interface Told {
  /** `undefined`: nobody knows the admission */
  readonly visit: Visit | undefined
  readonly verdicts: readonly { readonly place: number; readonly verdict: EventVerdict }[]
}

const UNKNOWN: EventVerdict = { verdict: 'rejected', code: 'unknown-admission', detail: 'id: no such admission' }

/** The record with a story told on top of it. Telling it again changes nothing; a resolution may come before its admission. */
export function tell(recorded: Visit | undefined, story: Story, now: number): Told {
  let visit = recorded
  const verdicts: { place: number; verdict: EventVerdict }[] = []
  const note = (place: number, next: Visit | undefined): void => {
    verdicts.push({ place, verdict: next === visit ? { verdict: 'duplicate' } : { verdict: 'stored' } })
    visit = next
  }
  for (const { place, visit: told } of story.admissions) note(place, withAdmission(visit, told))
  for (const { place, point, resolution, stamp } of story.resolutions) {
    if (!visit) verdicts.push({ place, verdict: UNKNOWN })
    else note(place, withResolution(visit, resolution, point, stamp, now))
  }
  return { visit, verdicts }
}

/** The kiosk was at the door: where the server had decided otherwise, its answer never arrived there. */
function withAdmission(recorded: Visit | undefined, told: Visit): Visit {
  if (!recorded) return told
  const same =
    recorded.decision.outcome === told.decision.outcome && reasonOf(recorded.decision) === reasonOf(told.decision)
  if (same || recorded.decidedBy === 'kiosk') return recorded
  const { enteredAt, leftAt } = recorded.resolved ? recorded : told
  const flags = recorded.flags | told.flags | FLAG.differs
  const { decision, clockOffset, clockUncertainty } = told
  return { ...recorded, decision, decidedBy: 'kiosk', enteredAt, leftAt, flags, clockOffset, clockUncertainty }
}

function withResolution(
  visit: Visit,
  { outcome, by, at: told, reason }: Resolution,
  point: AccessPoint,
  stamp: Stamp,
  now: number,
): Visit {
  const at = Date.parse(told)
  const { resolved } = visit
  if (resolved && resolved.outcome === outcome && resolved.by === by && resolved.at === at) return visit
  // The later word counts, unless it was spoken by a clock that ran ahead.
  if (resolved && resolved.at >= at && resolved.at <= now + CLOCK_TOLERANCE) return visit
  const passed = passage(point, outcome === 'admitted', clampPast(believed(stamp), now))
  const through = visit.enteredAt !== null || visit.leftAt !== null
  return {
    ...visit,
    ...(through && outcome === 'admitted' ? {} : passed),
    resolved: { outcome, by, at, reason: reason ?? null },
  }
}
