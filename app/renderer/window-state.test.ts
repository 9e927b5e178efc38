import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScreenState } from '../preload/kiosk-api.ts'
import {
  firstState,
  LANGUAGE_STAYS,
  languageChosen,
  screenShown,
  statusTold,
  timePassed,
  touched,
} from './window-state.ts'

const NOON = Date.UTC(2026, 10, 22, 9, 0, 0)
const idle: ScreenState = { kind: 'idle' }
const granted: ScreenState = { kind: 'granted', scan: 1, ms: 2000 }
const atRest = screenShown(firstState('ru', NOON), idle)

describe('screens', () => {
  test('the same answer shown again is a new turn', () => {
    const once = screenShown(atRest, granted)
    const twice = screenShown(once, granted)
    expect(twice.screen).toEqual(once.screen)
    expect(twice.turn).toBe(once.turn + 1)
  })

  test('a status changes neither the screen nor its turn', () => {
    const status = {
      mode: 'self-service',
      link: { kind: 'up' },
      readers: [],
      waiting: 0,
      recording: true,
      unrecorded: 0,
    } as const
    const after = statusTold(screenShown(atRest, granted), status)
    expect(after).toMatchObject({ screen: granted, turn: 2, status })
  })
})

describe('the visitor’s language', () => {
  const chosen = languageChosen(atRest, 'en', NOON)

  test('goes back to the set-up language a minute after the last touch', () => {
    expect(timePassed(chosen, NOON + LANGUAGE_STAYS - 1).language).toBe('en')
    expect(timePassed(chosen, NOON + LANGUAGE_STAYS).language).toBe('ru')
    const later = touched(chosen, NOON + 50_000)
    expect(timePassed(later, NOON + LANGUAGE_STAYS).language).toBe('en')
    expect(timePassed(later, NOON + 50_000 + LANGUAGE_STAYS).language).toBe('ru')
  })

  test('never changes while an answer is read', () => {
    const reading = screenShown(chosen, granted)
    expect(timePassed(reading, NOON + 10 * LANGUAGE_STAYS).language).toBe('en')
    expect(timePassed(screenShown(reading, idle), NOON + 10 * LANGUAGE_STAYS).language).toBe('ru')
  })

  test('scans do not keep it: a busy door goes back as well', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 12, maxLength: 40 }), (pauses) => {
        let state = chosen
        let now = NOON
        for (const pause of pauses) {
          state = screenShown(screenShown(state, granted), idle)
          now += pause
          state = timePassed(state, now)
        }
        expect(state.language).toBe(now - NOON >= LANGUAGE_STAYS ? 'ru' : 'en')
      }),
      { seed: 20261122 },
    )
  })
})

describe('the clock', () => {
  test('a second within the same minute changes nothing at all', () => {
    expect(timePassed(atRest, NOON + 59_999)).toBe(atRest)
    expect(timePassed(atRest, NOON + 60_000).minute).toBe(NOON + 60_000)
  })
})
