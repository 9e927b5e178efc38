import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CheckReason,
  DEFAULT_RULES,
  decide,
  DenialReason,
  type DecisionFacts,
  type DecisionRules,
  type Ruling,
} from './decide.ts'
import type { PassCheck } from '../pass/pass.ts'
import { decideVectors, runDecideVectors } from '../testing/decide-vectors.ts'

describe('the vectors', () => {
  it('are met', () => {
    expect(runDecideVectors(decide)).toEqual([])
  })

  it('reach every row and every reason', () => {
    const rows = new Set(decideVectors.map(({ expect: { row } }) => row))
    // row 7 is the reader's side of things: app/main/scan/once.ts
    expect([...rows].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16])
    const reasons = new Set(decideVectors.map(({ expect: { reason } }) => reason))
    // `not-recorded` is no ruling: what the kiosk says when its queue will not take a visit
    const ruled = CheckReason.options.filter((reason) => reason !== 'not-recorded')
    expect([...DenialReason.options, ...ruled].filter((reason) => !reasons.has(reason))).toEqual([])
  })

  it('see a decision that is wrong', () => {
    expect(runDecideVectors(() => ({ outcome: 'granted', row: 11 })).length).toBeGreaterThan(20)
    expect(
      runDecideVectors((facts, rules) => decide(facts, { ...rules, listTrusted: rules.listTrusted + 1 })),
    ).not.toEqual([])
  })
})

const NOW = 1_800_000_000
const around = (value: number): fc.Arbitrary<number> =>
  fc.integer({ min: -2, max: 2 }).map((by) => Math.max(0, value + by))
const age = fc.oneof(fc.nat({ max: 400_000 }), around(3600), around(24 * 3600), around(72 * 3600))
const key = fc.record({
  keyId: fc.nat({ max: 255 }),
  use: fc.constantFrom('static' as const, 'dynamic' as const, 'phone' as const),
  lifetime: fc.constantFrom(300, 600, 90 * 24 * 3600),
  publicKey: fc.constant('A'.repeat(43)),
  revoked: fc.constant(false),
})
const authentic = fc
  .record({
    key,
    left: fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.nat({ max: 90 * 24 * 3600 })),
    own: fc.boolean(),
  })
  .map(({ key: passKey, left, own }): PassCheck => ({
    kind: 'authentic',
    key: passKey,
    claims: {
      keyId: passKey.keyId,
      expiresAt: NOW + left,
      handle: '00112233445566778899',
      ...(passKey.use === 'phone' && { audience: own ? 'V-0001' : 'V-0002' }),
    },
  }))
const pass = fc.oneof(
  { weight: 4, arbitrary: authentic },
  {
    weight: 1,
    arbitrary: fc.constantFrom<PassCheck>({ kind: 'unreadable' }, { kind: 'forged' }, { kind: 'revoked-key' }),
  },
  { weight: 1, arbitrary: fc.constant<PassCheck>({ kind: 'unknown-key', keyId: 77 }) },
)
const standing = fc.oneof(
  fc.constantFrom({ kind: 'unknown' as const }, { kind: 'replaced' as const }),
  fc.record({ kind: fc.constantFrom('unlisted' as const, 'restricted' as const), age }),
)
const facts: fc.Arbitrary<DecisionFacts> = fc.record(
  {
    pass,
    standing,
    now: fc.constant(NOW),
    clockTrusted: fc.boolean(),
    venueCode: fc.constant('V-0001'),
    keySetAge: age,
    sinceLastEntry: fc.nat({ max: 1000 }),
  },
  { requiredKeys: ['pass', 'standing', 'now', 'clockTrusted', 'venueCode', 'keySetAge'] },
)
/** Closed all week. */
const SHUT = { utcOffset: 0, days: Array.from({ length: 7 }, () => null) }
const rules = fc.constantFrom<DecisionRules>(
  DEFAULT_RULES,
  { ...DEFAULT_RULES, passback: 300 },
  { ...DEFAULT_RULES, accepts: ['dynamic'] },
  { ...DEFAULT_RULES, hours: SHUT },
  { ...DEFAULT_RULES, withoutList: 'closed' },
  { ...DEFAULT_RULES, open: false },
)

describe('a venue’s policy', () => {
  it('never turns a refusal into anything softer than it is without one', () => {
    fc.assert(
      fc.property(facts, rules, (known, rule) => {
        if (decide(known, { ...DEFAULT_RULES, passback: rule.passback }).outcome === 'denied') {
          expect(decide(known, rule).outcome).toBe('denied')
        }
      }),
      { seed: 15, numRuns: 5000 },
    )
  })
})

describe('whatever the facts', () => {
  it('nobody is let in without an authentic pass, in its time, for this venue, not restricted, on a usable list', () => {
    let granted = 0
    fc.assert(
      fc.property(facts, rules, (known, rule) => {
        if (decide(known, rule).outcome !== 'granted') return
        granted++
        const { pass: check } = known
        if (check.kind !== 'authentic') throw new Error('granted without an authentic pass')
        expect(NOW).toBeLessThanOrEqual(check.claims.expiresAt + 120)
        if (check.key.use !== 'static') {
          expect(NOW).toBeGreaterThanOrEqual(check.claims.expiresAt - check.key.lifetime - 120)
        }
        expect(check.claims.audience ?? 'V-0001').toBe('V-0001')
        expect(rule.open).toBe(true)
        expect(rule.accepts).toContain(check.key.use)
        expect(rule.hours).toBeNull()
        expect(known.clockTrusted).toBe(true)
        if (known.standing.kind !== 'unlisted') throw new Error('granted while not known to be unlisted')
        expect(known.standing.age).toBeLessThanOrEqual(24 * 3600)
      }),
      { seed: 4, numRuns: 20_000 },
    )
    expect(granted).toBeGreaterThan(100)
  })

  it('nobody is refused as restricted who is not listed, nor on a list older than a day', () => {
    fc.assert(
      fc.property(facts, rules, (known, rule) => {
        const ruling = decide(known, rule)
        if (ruling.outcome !== 'denied' || ruling.reason !== 'restricted') return
        if (known.standing.kind !== 'restricted') throw new Error('refused while not listed')
        expect(known.standing.age).toBeLessThanOrEqual(24 * 3600)
      }),
      { seed: 9, numRuns: 5000 },
    )
  })

  it('as knowledge ages a firm answer may become a check, and never comes back', () => {
    const firmness = ({ outcome }: Ruling): number => (outcome === 'check' ? 0 : 1)
    fc.assert(
      fc.property(facts, rules, fc.nat({ max: 300_000 }), (known, rule, older) => {
        if (known.standing.kind !== 'unlisted' && known.standing.kind !== 'restricted') return
        // closing where no list is left is firm again, and the venue's own wish
        if (rule.withoutList === 'closed') return
        const later = decide({ ...known, standing: { ...known.standing, age: known.standing.age + older } }, rule)
        const before = decide(known, rule)
        expect(firmness(later)).toBeLessThanOrEqual(firmness(before))
        if (firmness(later) === 1) expect(later.outcome).toBe(before.outcome)
      }),
      { seed: 14, numRuns: 5000 },
    )
  })

  it('the same facts have the same answer, and every row is reached', () => {
    const rows = new Set<number>()
    fc.assert(
      fc.property(facts, rules, (known, rule) => {
        const ruling = decide(known, rule)
        rows.add(ruling.row)
        expect(decide(structuredClone(known), { ...rule })).toEqual(ruling)
      }),
      { seed: 1, numRuns: 10_000 },
    )
    expect(rows.size).toBe(15)
  })
})
