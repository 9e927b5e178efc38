import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OverrideReason, Resolution, type AdmissionDecision } from '../../../contract/kiosk/admission.ts'
import { resolve, standingNow, TOO_SOON_MS, type Answered, type DeskAction } from './resolve.ts'

const NOW = new Date('2026-11-22T19:00:00.000Z')
const ID = '0195a3f0-0000-7000-8000-000000000001'
const reference = '7K4-Q2M'
const GRANTED = { outcome: 'granted' } as const
const DENIED = { outcome: 'denied', reason: 'restricted', reference } as const
const CHECK = { outcome: 'check', reason: 'no-list', reference } as const

const answered = (decision: AdmissionDecision): Answered => ({ id: ID, accessPoint: 1, decision })
const refuse: DeskAction = { kind: 'refuse' }
const admit: DeskAction = { kind: 'admit' }
const because: DeskAction = { kind: 'admit', reason: 'paper-shown' }
const overtaken: DeskAction = { kind: 'overtaken' }
/** `refused by staff`, `ask`, `nothing` */
function said(decision: AdmissionDecision, action: DeskAction): string {
  const step = resolve(answered(decision), action, NOW, 5000)
  return step.kind === 'resolution' ? `${step.resolution.outcome} by ${step.resolution.by}` : step.kind
}

describe('an answer and an action', () => {
  test.each([
    ['green', GRANTED, refuse, 'refused by staff'],
    ['green', GRANTED, admit, 'nothing'],
    ['green', GRANTED, overtaken, 'nothing'],
    ['red', DENIED, refuse, 'refused by staff'],
    ['red', DENIED, admit, 'ask'],
    ['red', DENIED, because, 'admitted by staff'],
    ['red', DENIED, overtaken, 'nothing'],
    ['amber', CHECK, refuse, 'refused by staff'],
    ['amber', CHECK, admit, 'admitted by staff'],
    ['amber', CHECK, overtaken, 'refused by auto'],
  ] as const)('%s, %o, %o: %s', (_colour, decision, action, expected) => {
    expect(said(decision, action)).toBe(expected)
  })

  test('only what overrides a refusal carries a reason', () => {
    const reasonOf = (decision: AdmissionDecision): unknown => {
      const step = resolve(answered(decision), because, NOW, 5000)
      return step.kind === 'resolution' ? step.resolution.reason : undefined
    }
    expect(reasonOf(DENIED)).toBe('paper-shown')
    expect(reasonOf(CHECK)).toBeUndefined()
  })

  test('a press that comes before anybody could have seen the answer was not meant for it', () => {
    for (const action of [refuse, because]) {
      expect(resolve(answered(DENIED), action, NOW, TOO_SOON_MS - 1).kind).toBe('nothing')
      expect(resolve(answered(DENIED), action, NOW, TOO_SOON_MS).kind).toBe('resolution')
    }
    expect(resolve(answered(CHECK), overtaken, NOW, 0).kind).toBe('resolution')
  })
})

const decisions = fc.constantFrom<AdmissionDecision>(GRANTED, DENIED, CHECK)
const actions = fc.oneof(
  fc.constantFrom(refuse, admit, overtaken),
  fc.constantFrom(...OverrideReason.options).map((reason): DeskAction => ({ kind: 'admit', reason })),
)

test('in any story each resolution is later than the one before, changes what stands, and the contract takes it', () => {
  fc.assert(
    fc.property(decisions, fc.array(fc.tuple(actions, fc.integer({ min: -5000, max: 5000 }))), (decision, story) => {
      let at = NOW.getTime()
      let now: Answered = answered(decision)
      for (const [action, later] of story) {
        // the wall clock may be set back in the middle
        at += later
        const step = resolve(now, action, new Date(at), 5000)
        if (step.kind !== 'resolution') continue
        const { resolution } = step
        expect(Resolution.safeParse(resolution).success).toBe(true)
        if (now.resolved) expect(Date.parse(resolution.at)).toBeGreaterThan(Date.parse(now.resolved.at))
        if (resolution.outcome === standingNow(now))
          expect(resolution).toMatchObject({ outcome: 'refused', by: 'staff' })
        if (decision.outcome === 'denied' && resolution.outcome === 'admitted') expect(resolution.reason).toBeDefined()
        now = { ...now, resolved: resolution }
      }
    }),
    { seed: 20261122 },
  )
})
