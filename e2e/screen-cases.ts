import type { KioskStatus, Language, ScreenState } from '../app/preload/kiosk-api.ts'

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

export const allWell: KioskStatus = {
  venue: 'Краеведческий музей',
  accessPoint: 'Вход 1',
  link: { kind: 'up' },
  readers: [{ kind: 'wedge', name: 'keyboard', live: true }],
  waiting: 0,
  recording: true,
  unrecorded: 0,
  listFrom: ago(1),
}

const cutOff: KioskStatus = {
  ...allWell,
  link: { kind: 'down', since: ago(95) },
  readers: [
    { kind: 'wedge', name: 'keyboard', live: true },
    { kind: 'serial', name: 'COM3', live: false },
  ],
  waiting: 1204,
  listFrom: ago(95),
}

/** As bad as it gets, at a venue with the longest kind of name. */
const allWrong: KioskStatus = {
  ...cutOff,
  venue:
    'Государственное бюджетное учреждение культуры Ставропольского края «Ставропольский государственный историко-культурный и природно-ландшафтный музей-заповедник имени Г. Н. Прозрителева и Г. К. Праве»',
  accessPoint: 'Главный вход с площади Ленина',
  recording: false,
  unrecorded: 12,
}

const GREEN = 'rgb(0, 117, 74)'
const RED = 'rgb(179, 18, 42)'
const AMBER = 'rgb(255, 184, 28)'
const GREY = 'rgb(60, 74, 95)'
const PAPER = 'rgb(244, 246, 249)'
const INK = 'rgb(15, 27, 45)'

export interface ScreenCase {
  readonly name: string
  readonly screen: ScreenState
  readonly status: KioskStatus
  readonly field: string
  readonly heading: Readonly<Record<Language, string>>
}

const reference = '7K4-Q2M'
const granted: ScreenState = { kind: 'granted', scan: 1, ms: 60_000 }
const denied = { kind: 'denied', scan: 2, ms: 60_000, reference } as const
const check = { kind: 'check', scan: 3, ms: 60_000, reference } as const
const unreadable: ScreenState = { kind: 'unreadable', scan: 4, ms: 60_000 }

const restricted = { ru: 'Проход не разрешён', en: 'Entry not permitted' }
const wait = { ru: 'Подождите сотрудника', en: 'Please wait for staff' }
const refresh = { ru: 'Обновите код на экране', en: 'Refresh your code' }
const go = { ru: 'Проходите', en: 'Please go ahead' }
const show = { ru: 'Покажите код', en: 'Show your code' }
const notRead = { ru: 'Код не распознан', en: 'Code not recognised' }
const broken = { ru: 'Терминал не работает', en: 'Out of order' }

function one(
  name: string,
  screen: ScreenState,
  field: string,
  heading: ScreenCase['heading'],
  status: KioskStatus = allWell,
): ScreenCase {
  return { name, screen, status, field, heading }
}

export const screenCases: readonly ScreenCase[] = [
  one('starting', { kind: 'starting' }, PAPER, { ru: 'Терминал включается', en: 'Starting up' }),
  one('idle', { kind: 'idle' }, PAPER, show),
  one('idle-cut-off', { kind: 'idle' }, PAPER, show, cutOff),
  one('idle-all-wrong', { kind: 'idle' }, PAPER, show, allWrong),
  one('reading', { kind: 'reading' }, PAPER, { ru: 'Читаю…', en: 'Reading…' }),
  one('checking', { kind: 'checking', scan: 1 }, PAPER, { ru: 'Проверяю…', en: 'Checking…' }),
  one('granted', granted, GREEN, go),
  one('granted-offline', { ...granted, dataFrom: ago(95) }, GREEN, go, cutOff),
  one('granted-all-wrong', { ...granted, dataFrom: ago(60 * 24) }, GREEN, go, allWrong),
  one('denied', { ...denied, reason: 'restricted' }, RED, restricted),
  one('denied-all-wrong', { ...denied, reason: 'restricted' }, RED, restricted, allWrong),
  one('denied-invalid', { ...denied, reason: 'invalid' }, RED, { ru: 'Код недействителен', en: 'Code not valid' }),
  one('denied-wrong-venue', { ...denied, reason: 'wrong-venue' }, RED, {
    ru: 'Код для другого места',
    en: 'Code for another place',
  }),
  one('check', { ...check, reason: 'no-list' }, AMBER, wait),
  one('check-not-recorded', { ...check, reason: 'not-recorded' }, AMBER, wait, allWrong),
  one('check-expired', { ...check, reason: 'expired' }, AMBER, refresh),
  one('check-expired-all-wrong', { ...check, reason: 'expired' }, AMBER, refresh, allWrong),
  one('unreadable', unreadable, GREY, notRead),
  one('unreadable-all-wrong', unreadable, GREY, notRead, allWrong),
  one('fault-not-set-up', { kind: 'fault', code: 'not-set-up' }, INK, broken),
  one('fault-self-test', { kind: 'fault', code: 'self-test' }, INK, broken),
  one('fault-internal', { kind: 'fault', code: 'internal' }, INK, broken, allWrong),
]
