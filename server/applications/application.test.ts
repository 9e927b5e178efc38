import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ApplicationState, STATE_KINDS, type StateKind } from '../../contract/join/application-state.ts'
import { acceptsFiles, clockOf, step, type ApplicationEvent } from './application.ts'

const NOW = new Date('2026-11-23T09:00:00.000Z')
const since = NOW.toISOString()
const by = { account: 1, name: 'Сидорова А. А.' }
const STATES: { readonly [Kind in StateKind]: Extract<ApplicationState, { kind: Kind }> } = {
  draft: { kind: 'draft' },
  unconfirmed: { kind: 'unconfirmed', since, round: 1 },
  submitted: { kind: 'submitted', since, due: since, round: 1 },
  correction: { kind: 'correction', since, round: 1, by, fields: ['inn'], words: 'ИНН не тот' },
  approved: { kind: 'approved', since, due: since, round: 1, by },
  registered: { kind: 'registered', since, by, participant: 3 },
  rejected: { kind: 'rejected', since, by, reason: 'Не общественное место' },
  withdrawn: { kind: 'withdrawn', since },
}
const EVENTS = {
  save: { kind: 'save' },
  submit: { kind: 'submit', confirmed: false },
  'submit confirmed': { kind: 'submit', confirmed: true },
  confirm: { kind: 'confirm' },
  withdraw: { kind: 'withdraw' },
  approve: { kind: 'approve', by },
  reject: { kind: 'reject', by, reason: 'Не общественное место' },
  'ask-correction': { kind: 'ask-correction', by, fields: ['inn'], words: 'ИНН не тот' },
  'send-back': { kind: 'send-back', by, words: 'Такого адреса нет' },
  register: { kind: 'register', by, participant: 3 },
} as const satisfies Record<string, ApplicationEvent>
type EventName = keyof typeof EVENTS

/** All that may happen; every other pair is illegal. */
const LEGAL: Readonly<Record<StateKind, Partial<Record<EventName, StateKind>>>> = {
  draft: { save: 'draft', submit: 'unconfirmed', 'submit confirmed': 'submitted' },
  unconfirmed: {
    save: 'unconfirmed',
    submit: 'unconfirmed',
    'submit confirmed': 'submitted',
    confirm: 'submitted',
    withdraw: 'withdrawn',
  },
  submitted: { approve: 'approved', reject: 'rejected', 'ask-correction': 'correction', withdraw: 'withdrawn' },
  correction: { save: 'correction', submit: 'unconfirmed', 'submit confirmed': 'submitted', withdraw: 'withdrawn' },
  approved: { register: 'registered', 'send-back': 'submitted', withdraw: 'withdrawn' },
  registered: {},
  rejected: {},
  withdrawn: {},
}

const pairs = STATE_KINDS.flatMap((state) =>
  (Object.keys(EVENTS) as EventName[]).map((event) => [state, event, LEGAL[state][event]] as const),
)

describe('every event in every state', () => {
  test.each(pairs)('%s, %s → %s', (state, event, next) => {
    const after = step(STATES[state], EVENTS[event], NOW)
    expect(after?.kind).toBe(next)
    // and what comes out is what the database takes
    if (after) expect(ApplicationState.parse(JSON.parse(JSON.stringify(after)))).toEqual(after)
  })
})

test('rounds are counted by corrections, not by mended addresses', () => {
  const play = (events: readonly ApplicationEvent[]): ApplicationState =>
    events.reduce<ApplicationState>((state, event) => step(state, event, NOW) ?? state, STATES.draft)
  const { submit, confirm } = EVENTS
  expect(play([submit, submit, confirm])).toMatchObject({ kind: 'submitted', round: 1 })
  expect(play([submit, confirm, EVENTS['ask-correction'], EVENTS['submit confirmed']])).toMatchObject({ round: 2 })
  expect(play([submit, confirm, EVENTS.approve, EVENTS['send-back']])).toMatchObject({
    kind: 'submitted',
    round: 1,
    sentBack: { words: 'Такого адреса нет' },
  })
})

const walk = fc.array(fc.constantFrom(...Object.values<ApplicationEvent>(EVENTS)), { maxLength: 30 })

test('whatever happens in whatever order: ends are ends, nothing is decided unseen, and nobody skips a desk', () => {
  fc.assert(
    fc.property(walk, (events) => {
      let state: ApplicationState = STATES.draft
      const been = new Set<StateKind>(['draft'])
      for (const event of events) {
        const next = step(state, event, NOW)
        if (['registered', 'rejected', 'withdrawn'].includes(state.kind)) expect(next).toBeUndefined()
        if (!next) continue
        if (next.kind === 'approved' || next.kind === 'rejected') expect(state.kind).toBe('submitted')
        if (next.kind === 'registered') expect(been).toContain('approved')
        if (event.kind === 'save') expect(next).toBe(state)
        been.add(next.kind)
        state = next
      }
      expect(clockOf(state) !== undefined).toBe(state.kind === 'submitted' || state.kind === 'approved')
      expect(acceptsFiles(state)).toBe(!['registered', 'rejected', 'withdrawn'].includes(state.kind))
    }),
    { numRuns: 2000 },
  )
})
