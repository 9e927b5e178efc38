import { expect, it } from 'vitest'
import { DEFAULT_SETUP } from './setup-file.ts'
import { doorSetup, fixedMode } from './door-setup.ts'

it('is as the Participant wants it over what was chosen here, and as the environment says over both', () => {
  const given = { serialPorts: [], demo: false }
  const chosen = { ...DEFAULT_SETUP, mode: 'turnstile' as const }
  expect(doorSetup(given, chosen).mode).toBe('turnstile')
  expect(doorSetup(given, chosen, 'desk').mode).toBe('desk')
  expect(doorSetup({ ...given, mode: 'self-service' }, chosen, 'desk').mode).toBe('self-service')
})

it('says who fixes the mode where it is not chosen here', () => {
  expect(fixedMode({})).toBeUndefined()
  expect(fixedMode({}, 'desk')).toEqual({ mode: 'desk', by: 'rules' })
  expect(fixedMode({ mode: 'turnstile' }, 'desk')).toEqual({ mode: 'turnstile', by: 'environment' })
})

it('reads the ports of both, each once, as fast as set-up says', () => {
  const chosen = { ...DEFAULT_SETUP, serialPorts: [{ path: 'COM3', baudRate: 115200 } as const] }
  expect(doorSetup({ serialPorts: ['COM3', 'COM4', 'COM4'], demo: false }, chosen).serialPorts).toEqual([
    { path: 'COM3', baudRate: 115200 },
    { path: 'COM4', baudRate: 9600 },
  ])
})
