import { expect, it } from 'vitest'
import { DEFAULT_SETUP } from '../setup-file.ts'
import { doorSetup } from './door-setup.ts'

it('is as the Participant wants it over what was chosen here, and as the environment says over both', () => {
  const given = { serialPorts: [], demo: false }
  const chosen = { ...DEFAULT_SETUP, mode: 'turnstile' as const }
  expect(doorSetup(given, chosen).mode).toBe('turnstile')
  expect(doorSetup(given, chosen, 'desk').mode).toBe('desk')
  expect(doorSetup({ ...given, mode: 'self-service' }, chosen, 'desk').mode).toBe('self-service')
})
