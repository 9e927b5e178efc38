import { describe, expect, test } from 'vitest'
import { CheckReason, DenialReason } from '../../contract/decide/decide.ts'
import type { ScreenState } from '../preload/kiosk-api.ts'
import { LANGUAGES } from './i18n/languages.ts'
import { ru } from './i18n/ru.ts'
import { messageOf, toneOf } from './message.ts'

const SELF = { mode: 'self-service' } as const
const DESK = { mode: 'desk' } as const
const TURNSTILE = { mode: 'turnstile', direction: 'exit' } as const
const timeOf = (iso: string): string => iso.slice(11, 16)
const denied = (reason: DenialReason): ScreenState => ({
  kind: 'denied',
  scan: 1,
  ms: 5000,
  reason,
  reference: '7K4-Q2M',
})
const check = (reason: CheckReason): ScreenState => ({ kind: 'check', scan: 1, ms: 5000, reason, reference: '7K4-Q2M' })

const everyScreen: readonly ScreenState[] = [
  { kind: 'starting' },
  { kind: 'idle' },
  { kind: 'reading' },
  { kind: 'checking', scan: 1 },
  { kind: 'granted', scan: 1, ms: 2000 },
  { kind: 'granted', scan: 1, ms: 2000, dataFrom: '2026-11-22T14:20:00Z' },
  ...DenialReason.options.map(denied),
  ...CheckReason.options.map(check),
  { kind: 'unreadable', scan: 1, ms: 3000 },
  { kind: 'asking', scan: 1, reference: '7K4-Q2M' },
  { kind: 'resolved', scan: 1, ms: 3000, outcome: 'admitted' },
  { kind: 'resolved', scan: 1, ms: 3000, outcome: 'refused', reference: '7K4-Q2M' },
  { kind: 'fault', code: 'not-set-up' },
  { kind: 'fault', code: 'self-test' },
  { kind: 'fault', code: 'internal' },
]

describe('what a screen says', () => {
  test.each([
    [{ kind: 'idle' }, 'Покажите код'],
    [{ kind: 'reading' }, 'Читаю…'],
    [{ kind: 'checking', scan: 1 }, 'Проверяю…'],
    [{ kind: 'granted', scan: 1, ms: 1 }, 'Проходите'],
    [denied('restricted'), 'Проход не разрешён'],
    [denied('invalid'), 'Код недействителен'],
    [denied('wrong-venue'), 'Код для другого места'],
    [denied('closed'), 'Вход закрыт'],
    [check('expired'), 'Обновите код на экране'],
    [check('list-stale'), 'Подождите сотрудника'],
    [{ kind: 'unreadable', scan: 1, ms: 1 }, 'Код не распознан'],
  ] satisfies [ScreenState, string][])('%o: %s', (screen, heading) => {
    expect(messageOf(screen, ru, timeOf, SELF).heading).toBe(heading)
  })

  test('a green from our own data says how old they are', () => {
    expect(
      messageOf({ kind: 'granted', scan: 1, ms: 1, dataFrom: '2026-11-22T14:20:00Z' }, ru, timeOf, SELF).note,
    ).toBe('Офлайн, данные от 14:20')
    expect(messageOf({ kind: 'granted', scan: 1, ms: 1 }, ru, timeOf, SELF)).not.toHaveProperty('note')
  })

  test('every refusal has its number', () => {
    for (const reason of DenialReason.options)
      expect(messageOf(denied(reason), ru, timeOf, SELF).reference).toBe('№ 7K4-Q2M')
  })

  test('why a person must look is not for the queue to read: one saying for all reasons but the one a visitor can mend', () => {
    const sayings = CheckReason.options
      .filter((reason) => reason !== 'expired')
      .map((reason) => messageOf(check(reason), ru, timeOf, SELF))
    expect(new Set(sayings.map((saying) => JSON.stringify(saying))).size).toBe(1)
  })

  test.each(LANGUAGES.map((entry) => [entry.code, entry.words] as const))(
    '%s: nothing about a person or a diagnosis',
    (_code, words) => {
      const said = [SELF, DESK, TURNSTILE]
        .flatMap((place) => everyScreen.map((screen) => JSON.stringify(messageOf(screen, words, timeOf, place))))
        .concat(Object.values(words.desk.reasons))
        .join('\n')
      expect(said).not.toMatch(
        /диагноз|болезн|болен|инфекц|ковид|covid|контакт|запрещ|diagnos|infect|\bill\b|disease|banned/i,
      )
    },
  )

  test('colour follows the answer, and four answers have four colours', () => {
    const tones = everyScreen
      .filter((screen) => 'ms' in screen && screen.kind !== 'resolved')
      .map((screen) => [screen.kind, toneOf(screen)])
    expect(tones.every(([kind, tone]) => kind === tone)).toBe(true)
    expect(new Set(tones.map(([, tone]) => tone)).size).toBe(4)
    expect(toneOf({ kind: 'reading' })).toBe('calm')
    expect(toneOf({ kind: 'resolved', scan: 1, ms: 1, outcome: 'admitted' })).toBe('granted')
    expect(toneOf({ kind: 'resolved', scan: 1, ms: 1, outcome: 'refused' })).toBe('denied')
    expect(toneOf({ kind: 'asking', scan: 1, reference: '7K4-Q2M' })).toBe('denied')
  })
})

describe('in its mode', () => {
  test.each(LANGUAGES.map((entry) => [entry.code, entry.words] as const))(
    '%s: a turnstile says one short word, the same for a decision whoever took it',
    (_code, words) => {
      const word = (screen: ScreenState): string => messageOf(screen, words, timeOf, TURNSTILE).heading
      for (const screen of everyScreen) expect(word(screen).length).toBeLessThanOrEqual(10)
      expect(word({ kind: 'idle' })).toBe(words.turnstile.exit)
      expect(word({ kind: 'resolved', scan: 1, ms: 1, outcome: 'refused' })).toBe(word(denied('restricted')))
      expect(word(check('expired'))).not.toBe(word(check('no-list')))
    },
  )

  test('a desk tells the employee why an amber is theirs, and never whether its code is on a list', () => {
    const saying = (reason: CheckReason) => messageOf(check(reason), ru, timeOf, DESK)
    expect(saying('expired')).toMatchObject({ heading: 'Проверьте вручную', detail: ru.desk.checkBecause.expired })
    expect(saying('restricted-stale')).toEqual(saying('list-stale'))
    expect(saying('no-list')).toEqual(saying('list-stale'))
  })

  test('out of order says whom to call, where set-up knows it', () => {
    const remedy = (place: Parameters<typeof messageOf>[3]) =>
      messageOf({ kind: 'fault', code: 'internal' }, ru, timeOf, place).remedy
    expect(remedy({ mode: 'self-service', contact: 'дежурный, 12-34' })?.contact).toBe('Позвоните: дежурный, 12-34')
    expect(remedy(SELF)).not.toHaveProperty('contact')
  })
})
