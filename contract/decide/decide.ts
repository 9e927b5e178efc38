/**
 * Who may pass: one pure function, run alike by server and kiosk. First row that matches wins; the row numbers are the
 * design's (4. Deciding) and `vectors/decide.json` holds them to it on both sides. Row 7 (the same pass again within
 * ten seconds) is the reader's side of things: `app/main/scan/once.ts`.
 */
import { z } from 'zod'
import { assertNever } from '../assert-never.ts'
import type { PassCheck, PassClaims } from '../pass/pass.ts'
import { isOpenAt, WeekHours } from './hours.ts'
import { PassUse, type PassKey } from '../kiosk/keys.ts'

export const DenialReason = z.enum(['invalid', 'wrong-venue', 'restricted', 'closed'])
export const CheckReason = z.enum([
  'unknown-key',
  'expired',
  'clock',
  'passback',
  'restricted-stale',
  'list-stale',
  'no-list',
  'not-recorded',
  'not-accepted',
  'outside-hours',
])
export type DenialReason = z.infer<typeof DenialReason>
export type CheckReason = z.infer<typeof CheckReason>

/** Limits of trust, in seconds, and a venue's policy. The region's, with the venue's own on top of them. */
export const DecisionRules = z
  .strictObject({
    clockTolerance: z.int().nonnegative(),
    keySetFresh: z.int().positive(),
    listFresh: z.int().positive(),
    listTrusted: z.int().positive(),
    listUsable: z.int().positive(),
    passback: z.int().nonnegative().meta({ description: '0: off' }),
    open: z.boolean().meta({ description: 'false: the venue is suspended or closed, no code opens it' }),
    accepts: z.array(PassUse).readonly().meta({ description: 'others’ owners are looked at by a person' }),
    withoutList: z.enum(['check', 'closed']).meta({ description: 'when no usable list is left' }),
    hours: WeekHours.nullable().meta({ description: 'outside of them a person must look; null: no matter' }),
  })
  .readonly()
  .meta({ id: 'DecisionRules' })
export type DecisionRules = z.infer<typeof DecisionRules>

export const DEFAULT_RULES: DecisionRules = {
  clockTolerance: 120,
  keySetFresh: 24 * 3600,
  listFresh: 3600,
  listTrusted: 24 * 3600,
  listUsable: 72 * 3600,
  passback: 0,
  open: true,
  accepts: PassUse.options,
  withoutList: 'check',
  hours: null,
}

/** What is known of a pass's standing: whether it is restricted, and how old that knowledge is (seconds). */
export type Standing =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unlisted'; readonly age: number }
  | { readonly kind: 'restricted'; readonly age: number }
  | { readonly kind: 'replaced' }

export interface DecisionFacts {
  readonly pass: PassCheck
  readonly standing: Standing
  /** Seconds since 1970, by the decider's best clock. */
  readonly now: number
  readonly clockTrusted: boolean
  readonly venueCode: string
  /** Seconds since the key set was known to be current. */
  readonly keySetAge: number
  /** Seconds since this pass was last let in here, where anybody remembers. */
  readonly sinceLastEntry?: number
}

export type Ruling =
  | { readonly outcome: 'unreadable'; readonly row: 1 }
  | { readonly outcome: 'granted'; readonly row: 11 | 12 }
  | { readonly outcome: 'denied'; readonly row: 3 | 5 | 9 | 14 | 16; readonly reason: DenialReason }
  | { readonly outcome: 'check'; readonly row: 2 | 4 | 6 | 8 | 10 | 13 | 14 | 15; readonly reason: CheckReason }

export function decide(facts: DecisionFacts, rules: DecisionRules): Ruling {
  const { pass } = facts
  if (pass.kind === 'unreadable') return { outcome: 'unreadable', row: 1 }
  // 16: whoever it is. Before all others, so that nothing is told of a pass where none is asked for.
  if (!rules.open) return { outcome: 'denied', row: 16, reason: 'closed' }
  switch (pass.kind) {
    case 'unknown-key':
      return facts.keySetAge > rules.keySetFresh
        ? { outcome: 'check', row: 2, reason: 'unknown-key' }
        : { outcome: 'denied', row: 3, reason: 'invalid' }
    case 'forged':
    case 'revoked-key':
      return { outcome: 'denied', row: 3, reason: 'invalid' }
    case 'authentic':
      return decideAuthentic(pass.claims, pass.key, facts, rules)
    default:
      return assertNever(pass)
  }
}

function decideAuthentic(claims: PassClaims, key: PassKey, facts: DecisionFacts, rules: DecisionRules): Ruling {
  if (facts.standing.kind === 'replaced') return { outcome: 'denied', row: 3, reason: 'invalid' }
  if (!withinItsTime(claims, key, facts.now, rules.clockTolerance))
    return { outcome: 'check', row: 4, reason: 'expired' }
  if (claims.audience !== undefined && claims.audience !== facts.venueCode) {
    return { outcome: 'denied', row: 5, reason: 'wrong-venue' }
  }
  if (!facts.clockTrusted) return { outcome: 'check', row: 6, reason: 'clock' }
  if (facts.sinceLastEntry !== undefined && facts.sinceLastEntry < rules.passback) {
    return { outcome: 'check', row: 8, reason: 'passback' }
  }
  const ruling = decideByStanding(facts.standing, rules)
  return ruling.outcome === 'granted' ? (againstPolicy(key, facts.now, rules) ?? ruling) : ruling
}

/** 15: only a green becomes amber by a venue's policy, which never hides that somebody is refused. */
function againstPolicy(key: PassKey, now: number, rules: DecisionRules): Ruling | undefined {
  if (!rules.accepts.includes(key.use)) return { outcome: 'check', row: 15, reason: 'not-accepted' }
  if (rules.hours && !isOpenAt(rules.hours, now)) return { outcome: 'check', row: 15, reason: 'outside-hours' }
  return undefined
}

function decideByStanding(standing: Exclude<Standing, { kind: 'replaced' }>, rules: DecisionRules): Ruling {
  switch (standing.kind) {
    case 'unknown':
      return withoutList(rules)
    case 'restricted':
      return standing.age <= rules.listTrusted
        ? { outcome: 'denied', row: 9, reason: 'restricted' }
        : { outcome: 'check', row: 10, reason: 'restricted-stale' }
    case 'unlisted':
      if (standing.age <= rules.listFresh) return { outcome: 'granted', row: 11 }
      if (standing.age <= rules.listTrusted) return { outcome: 'granted', row: 12 }
      if (standing.age <= rules.listUsable) return { outcome: 'check', row: 13, reason: 'list-stale' }
      return withoutList(rules)
    default:
      return assertNever(standing)
  }
}

const withoutList = (rules: DecisionRules): Ruling =>
  rules.withoutList === 'closed'
    ? { outcome: 'denied', row: 14, reason: 'closed' }
    : { outcome: 'check', row: 14, reason: 'no-list' }

/** `exp - lifetime <= now <= exp`, give or take the tolerance; a static pass has no earliest moment of its own. */
function withinItsTime(claims: PassClaims, key: PassKey, now: number, tolerance: number): boolean {
  if (now > claims.expiresAt + tolerance) return false
  return key.use === 'static' || now >= claims.expiresAt - key.lifetime - tolerance
}
