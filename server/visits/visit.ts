import type { AdmissionDecision, OverrideReason, Resolution } from '../../contract/kiosk/admission.ts'

/** Why a record is worth a second look; bits of `visits.flags`. */
export const FLAG = { late: 1, clockOdd: 2, differs: 4, unverified: 8, clockUncertain: 16 } as const

/**
 * One admission as it is recorded. It is a visit when `enteredAt` is not null. Times are milliseconds since 1970.
 */
export interface Visit {
  readonly venueId: number
  /** UUIDv7, made by the kiosk; with the venue it is the key. */
  readonly id: string
  readonly accessPointId: number
  readonly deviceId: number
  /** hex; null: unreadable, forged or of an unknown key */
  readonly passHandle: string | null
  /** by the kiosk's clock, as told */
  readonly presentedAt: number
  readonly enteredAt: number | null
  readonly leftAt: number | null
  readonly decision: AdmissionDecision
  readonly decidedBy: 'server' | 'kiosk'
  readonly resolved: {
    readonly outcome: Resolution['outcome']
    readonly by: Resolution['by']
    readonly at: number
    readonly reason: OverrideReason | null
  } | null
  readonly flags: number
  /** milliseconds: the server's time minus the kiosk's, as the kiosk knew it; null: told at once, or never synchronised */
  readonly clockOffset: number | null
  /** how far off that may be */
  readonly clockUncertainty: number | null
}

/** When a kiosk says that something happened, and what its clock was worth then; milliseconds. */
export interface Stamp {
  readonly wall: number
  readonly offset: number | null
  readonly uncertainty: number | null
}

const SECOND = 1000
const DAY = 24 * 3600 * SECOND

/** Kiosk and server speaking at the same moment: more apart than this, the server’s clock is believed. */
export const CLOCK_TOLERANCE = 120 * SECOND
/** A queue holds 14 days; visits are kept 30. */
const OLDEST = 31 * DAY
/** An id's day further ahead than this is an odd clock. */
const AHEAD = DAY
/** Recorded so long after it happened, a visit may have been missed by what already ran. */
const LATE = 3600 * SECOND

/** The moment in a UUIDv7, milliseconds since 1970. */
export function idTime(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}

const idOdd = (id: string, now: number): boolean => {
  const at = idTime(id)
  return at > now + AHEAD || at < now - OLDEST
}

export interface Bounded {
  /** when it happened, as far as the server believes it */
  readonly at: number
  readonly flags: number
}

/** When a request that is being asked right now happened. */
export function boundedNow(id: string, presentedAt: number, now: number): Bounded {
  const apart = Math.abs(presentedAt - now) > CLOCK_TOLERANCE
  return { at: apart ? now : presentedAt, flags: apart || idOdd(id, now) ? FLAG.clockOdd : 0 }
}

/** When something told afterwards happened: no later than now, no earlier than the oldest that is kept. */
export function boundedPast(id: string, stamp: Stamp, now: number): Bounded {
  const told = believed(stamp)
  const at = clampPast(told, now)
  const odd = told > now + CLOCK_TOLERANCE || told < now - OLDEST || idOdd(id, now)
  const { offset, uncertainty } = stamp
  const uncertain = offset === null || uncertainty === null || uncertainty > CLOCK_TOLERANCE
  return {
    at,
    flags: (odd ? FLAG.clockOdd : 0) | (now - at > LATE ? FLAG.late : 0) | (uncertain ? FLAG.clockUncertain : 0),
  }
}

/** By the server's clock, as far as the kiosk knew it. */
export const believed = ({ wall, offset }: Stamp): number => wall + (offset ?? 0)

export function clampPast(at: number, now: number): number {
  return Math.min(Math.max(at, now - OLDEST), now)
}
