import { describe, expect, test } from 'vitest'
import { CALIBRATION_CODES } from '../../../contract/kiosk/calibration.ts'
import { diagnose } from '../../../contract/kiosk/calibration-diagnosis.ts'
import type { Calibration, SetupSettings } from '../../preload/setup-api.ts'
import {
  changed,
  firstStep,
  doneAt,
  mayGoOn,
  prefixesLearnt,
  scannerVerdict,
  stepBeside,
  STEPS,
  type WizardChange,
  type WizardState,
} from './wizard.ts'

const settings: SetupSettings = {
  mode: 'desk',
  language: 'ru',
  camera: { kind: 'any' },
  serialPorts: [],
  prefixes: { wedge: '#', serial: '', hid: '%' },
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

  test('that was not kept says so until another step, and not there', () => {
    const done = changed(firstStep({ settings, asksForCode: false }), { kind: 'step', step: 'done' })
    const full = changed(done, { kind: 'not-kept', because: 'not-saved' })
    expect(full).toEqual({ ...done, notKept: 'not-saved' })
    const back = changed(full, { kind: 'back' })
    expect(back).toMatchObject({ step: 'pin', notKept: undefined })
    expect(changed(back, { kind: 'next' }).notKept).toBeUndefined()
  })

  test('goes to the step of the code where the terminal is struck off meanwhile, once, and keeps what was chosen', () => {
    const chosen = changed(firstStep({ settings, asksForCode: false }), {
      kind: 'settings',
      settings: { language: 'en' },
    })
    const struckOff = changed(changed(chosen, { kind: 'step', step: 'pin' }), { kind: 'code-wanted' })
    expect(struckOff).toEqual({ ...chosen, steps: STEPS, step: 'enrol' })
    const further = changed(struckOff, { kind: 'step', step: 'mode' })
    expect(changed(further, { kind: 'code-wanted' })).toBe(further)
  })

  test('gives the page the keys only where something is typed, and judges scanners only by the sheet', () => {
    expect(STEPS.filter((step) => doneAt(step) === 'typing')).toEqual(['enrol', 'pin'])
    expect(STEPS.filter((step) => doneAt(step) === 'calibrating')).toEqual(['calibration'])
  })
})

describe('a PIN', () => {
  const atPin = changed(firstStep({ settings, asksForCode: false }), { kind: 'step', step: 'pin' })
  const after = (...changes: readonly WizardChange[]): WizardState => changes.reduce(changed, atPin)
  const digits = (text: string): WizardChange => ({ kind: 'digits', digits: text })

  test('that was typed twice is chosen, and nothing before', () => {
    const once = after(digits('2468'), { kind: 'next' })
    expect(once).toMatchObject({ step: 'pin', pin: { kind: 'keep' }, entry: { kind: 'again', digits: '' } })
    expect(mayGoOn(once)).toBe(false)
    const twice = after(digits('2468'), { kind: 'next' }, digits('246'), digits('2468'))
    expect(twice).toMatchObject({ step: 'pin', pin: { kind: 'new', pin: '2468' } })
    expect(changed(twice, { kind: 'next' }).step).toBe('done')
    expect(after(digits('2468'), { kind: 'step', step: 'done' })).toMatchObject({ pin: { kind: 'keep' } })
  })

  test('whose second entry differs is none: typed anew', () => {
    const differs = after(digits('2468'), { kind: 'next' }, digits('2469'))
    expect(differs).toMatchObject({ pin: { kind: 'keep' }, entry: { kind: 'first', digits: '', because: 'differs' } })
    expect(changed(differs, digits('1'))).toMatchObject({ entry: { kind: 'first', digits: '1' } })
  })

  test('is typed anew where one goes back from its second entry; from the first one goes to the step before', () => {
    const again = after(digits('2468'), { kind: 'next' }, digits('24'))
    const back = changed(again, { kind: 'back' })
    expect(back).toMatchObject({ step: 'pin', entry: { kind: 'first', digits: '' } })
    expect(changed(back, { kind: 'back' }).step).toBe('calibration')
  })

  test('that is too short is not asked for again', () => {
    expect(after(digits('123'), { kind: 'next' })).toEqual(after(digits('123')))
    expect(mayGoOn(after(digits('123')))).toBe(false)
    expect(mayGoOn(after(digits('12345678')))).toBe(true)
    expect(mayGoOn(atPin)).toBe(true)
  })

  test('into which a scanner has typed is gone, and said so; one that was chosen before stays', () => {
    const scanned = { kind: 'first', digits: '', because: 'scanned' }
    expect(after(digits('12'), { kind: 'scanned' }).entry).toEqual(scanned)
    expect(after(digits('2468'), { kind: 'next' }, { kind: 'scanned' }).entry).toEqual(scanned)
    const chosen = after(digits('2468'), { kind: 'next' }, digits('2468'))
    expect(changed(changed(chosen, digits('13579')), { kind: 'scanned' })).toMatchObject({
      pin: { kind: 'new', pin: '2468' },
      entry: scanned,
    })
    expect(changed(chosen, { kind: 'scanned' })).toBe(chosen)
  })
})

describe('the prefix of a scanner', () => {
  const known = settings.prefixes

  test('is kept where nothing was checked, and another reader’s is not its', () => {
    expect(prefixesLearnt([], known)).toEqual(known)
    expect(prefixesLearnt([heard('wedge', () => 'something else')], known)).toEqual(known)
    expect(prefixesLearnt([heard('serial', (code) => `~${code}`)], known)).toEqual({ ...known, serial: '~' })
    expect(prefixesLearnt([heard('hid', (code) => `~${code}`)], known)).toEqual({ ...known, hid: '~' })
  })
  test('is what was heard, or none any more', () => {
    expect(prefixesLearnt([heard('wedge', (code) => `~${code}`)], known).wedge).toBe('~')
    expect(prefixesLearnt([heard('wedge', (code) => code)], known).wedge).toBe('')
    expect(prefixesLearnt([heard('wedge', (code) => `A${code}`.toLowerCase())], known).wedge).toBe('')
  })
})

test('a verdict: one reader with a fault is enough', () => {
  const well = heard('serial', (code) => code)
  expect(scannerVerdict([])).toBe('notCalibrated')
  expect(scannerVerdict([well])).toBe('calibrated')
  expect(scannerVerdict([heard('wedge', (code) => code.toLowerCase()), well])).toBe('faulty')
})
