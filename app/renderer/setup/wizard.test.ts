import { describe, expect, test } from 'vitest'
import { CALIBRATION_CODES } from '../../../server/contract/calibration.ts'
import { diagnose } from '../../../server/contract/calibration-diagnosis.ts'
import type { Calibration, SetupSettings } from '../../preload/setup-api.ts'
import {
  changed,
  firstStep,
  isPinWhole,
  keyboardAt,
  prefixLearnt,
  scannerVerdict,
  stepBeside,
  STEPS,
} from './wizard.ts'

const settings: SetupSettings = {
  mode: 'desk',
  language: 'ru',
  camera: { kind: 'any' },
  serialPorts: [],
  wedgePrefix: '#',
}
const heard = (reader: Calibration['reader'], typed: (code: string) => string): Calibration => ({
  reader,
  diagnosis: diagnose(Object.values(CALIBRATION_CODES).map((code) => ({ kind: 'text', text: typed(code) }))),
})

describe('the wizard', () => {
  test('goes forward and back over every step, and not beyond', () => {
    for (const asksForCode of [true, false]) {
      let state = firstStep({ settings, asksForCode })
      expect(stepBeside(state, -1)).toBeUndefined()
      const seen = [state.step]
      for (let next = stepBeside(state, 1); next; next = stepBeside(state, 1)) {
        state = changed(state, { kind: 'step', step: next })
        seen.push(state.step)
      }
      expect(seen).toEqual(asksForCode ? STEPS : STEPS.filter((step) => step !== 'enrol'))
      expect(state.settings).toBe(settings)
    }
  })

  test('changes only what is changed', () => {
    const state = changed(firstStep({ settings, asksForCode: false }), {
      kind: 'settings',
      settings: { mode: 'turnstile' },
    })
    expect(state.settings).toEqual({ ...settings, mode: 'turnstile' })
    expect(changed(state, { kind: 'pin', pin: { kind: 'none' } })).toEqual({ ...state, pin: { kind: 'none' } })
  })

  test('gives the keyboard to a scanner only where scanners are tried', () => {
    expect(STEPS.filter((step) => keyboardAt(step) === 'scanner')).toEqual(['readers', 'calibration'])
  })

  test('takes no PIN that is too short', () => {
    expect(isPinWhole({ kind: 'keep' })).toBe(true)
    for (const [pin, whole] of [
      ['123', false],
      ['1234', true],
      ['12345678', true],
    ] as const)
      expect(isPinWhole({ kind: 'new', pin })).toBe(whole)
  })
})

describe('the prefix of the keyboard scanner', () => {
  test('is kept where nothing was checked, and another reader’s is not its', () => {
    expect(prefixLearnt([], '#')).toBe('#')
    expect(prefixLearnt([heard('serial', (code) => `~${code}`)], '#')).toBe('#')
    expect(prefixLearnt([heard('wedge', () => 'something else')], '#')).toBe('#')
  })
  test('is what was heard, or none any more', () => {
    expect(prefixLearnt([heard('wedge', (code) => `~${code}`)], '#')).toBe('~')
    expect(prefixLearnt([heard('wedge', (code) => code)], '#')).toBe('')
    expect(prefixLearnt([heard('wedge', (code) => `A${code}`.toLowerCase())], '#')).toBe('')
  })
})

test('a verdict: one reader with a fault is enough', () => {
  const well = heard('serial', (code) => code)
  expect(scannerVerdict([])).toBe('notCalibrated')
  expect(scannerVerdict([well])).toBe('calibrated')
  expect(scannerVerdict([heard('wedge', (code) => code.toLowerCase()), well])).toBe('faulty')
})
