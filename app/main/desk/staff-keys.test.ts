import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NO_STAFF_KEY, pressOf, staffKey, type StaffKey, type StaffKeysState } from './staff-keys.ts'

const key = (type: StaffKey['type'], code: string, at: number, more: Partial<StaffKey> = {}): StaffKey => ({
  type,
  code,
  modified: false,
  repeat: false,
  at,
  ...more,
})
const press = (code: string, at: number, held: number): readonly StaffKey[] => [
  key('down', code, at),
  key('up', code, at + held),
]
/** All actions, asked for at every moment a scanner's gap after a key. */
function heard(keys: readonly StaffKey[]): readonly unknown[] {
  const actions: unknown[] = []
  let state: StaffKeysState = NO_STAFF_KEY
  keys.forEach((one, index) => {
    state = staffKey(state, one)
    const next = keys[index + 1]?.at ?? Number.POSITIVE_INFINITY
    const pressed = pressOf(state, Math.min(next, one.at + 1000))
    if (pressed === undefined) return
    actions.push(pressed.action)
    state = { lastAt: state.lastAt }
  })
  return actions
}

describe('a hand', () => {
  test('means what was on the screen when the key went down', () => {
    const held = press('F2', 1000, 450).reduce(staffKey, NO_STAFF_KEY)
    expect(pressOf(held, 2000)).toEqual({ action: { kind: 'admit' }, at: 1000 })
  })

  test.each([
    ['Escape', { kind: 'refuse' }],
    ['F2', { kind: 'admit' }],
    ['Digit1', { kind: 'admit', reason: 'document-checked' }],
    ['Numpad4', { kind: 'admit', reason: 'senior-order' }],
  ])('%s', (code, action) => {
    expect(heard(press(code, 1000, 90))).toEqual([action])
  })

  test('F2, then a reason', () => {
    expect(heard([...press('F2', 1000, 90), ...press('Digit3', 1600, 90)])).toEqual([
      { kind: 'admit' },
      { kind: 'admit', reason: 'code-mistake' },
    ])
  })

  test('a key held down, and repeating, is one press', () => {
    const repeats = Array.from({ length: 20 }, (_, at) => key('down', 'F2', 1500 + 30 * at, { repeat: true }))
    expect(heard([key('down', 'F2', 1000), ...repeats, key('up', 'F2', 2200)])).toEqual([{ kind: 'admit' }])
  })

  test('Enter, Tab, Space and letters do nothing; neither does a key with Alt or Ctrl', () => {
    expect(
      heard(
        ['Enter', 'NumpadEnter', 'Tab', 'Space', 'KeyY', 'F1', 'F3'].flatMap((code, at) => press(code, at * 1000, 90)),
      ),
    ).toEqual([])
    expect(heard([key('down', 'F2', 1000, { modified: true }), key('up', 'F2', 1090, { modified: true })])).toEqual([])
  })
})

// [Note: a code must not press the staff's keys]
describe('a scanner', () => {
  const codes = fc.constantFrom('F2', 'Escape', 'Digit1', 'Digit2', 'KeyQ', 'Enter', 'Tab', 'Numpad3', 'F5')

  test('that types staff keys among others presses none, at any speed it has', () => {
    fc.assert(
      fc.property(
        fc.array(codes, { minLength: 2, maxLength: 60 }),
        fc.integer({ min: 1, max: 120 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        (typed, gap, share) => {
          expect(heard(typed.flatMap((code, at) => press(code, 1000 + at * gap, gap * share)))).toEqual([])
        },
      ),
      { seed: 20261122, numRuns: 500 },
    )
  })

  test('without a suffix, whose code is one digit or control character, presses none', () => {
    for (const held of [0, 2, 10, 30])
      for (const code of ['F2', 'Digit1', 'Numpad3']) expect(heard(press(code, 1000, held))).toEqual([])
  })
})
