import { expect, test } from 'vitest'
import type { ScreenState } from '../../preload/kiosk-api.ts'
import type { SetupState } from '../../preload/setup-api.ts'
import { toldInVain } from './told-in-vain.ts'

const closed: SetupState = { kind: 'closed', language: 'ru' }
const asksPin: SetupState = { kind: 'pin', wrong: 0, left: 5 }
const open = { kind: 'open' } as SetupState
const idle: ScreenState = { kind: 'idle' }
const granted: ScreenState = { kind: 'granted', scan: 1, ms: 2000 }

test.each<readonly [string, ScreenState, SetupState]>([
  ['the kiosk starts', { kind: 'starting' }, closed],
  ['it does not know its place', { kind: 'fault', code: 'not-set-up' }, closed],
  ['it is being set up', idle, open],
])('while %s, and until the screen is at rest', (_when, screen, setup) => {
  const shut = toldInVain(false, screen, setup)
  expect(shut).toBe(true)
  // another reader's answer may come first
  expect(toldInVain(shut, granted, closed)).toBe(true)
  expect(toldInVain(shut, idle, closed)).toBe(false)
})

test('not while visitors are answered, nor behind the question for the PIN', () => {
  for (const screen of [idle, granted, { kind: 'reading' }, { kind: 'checking', scan: 2 }] as const)
    for (const setup of [closed, asksPin]) expect(toldInVain(false, screen, setup)).toBe(false)
})
