/** Every state × mode that the screen can be in, each with what must be read on it. */
import type { DeskSheet, KioskMode, KioskStatus, Language, ScreenState } from '../app/preload/kiosk-api.ts'
import type { View } from './camera/still-camera.ts'

/** The moment at which all of it is looked at. */
export const NOW = new Date('2026-11-22T19:04:12+03:00')
export const TIME_ZONE = 'Europe/Moscow'
const ago = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString()

export const allWell: KioskStatus = {
  mode: 'self-service',
  venue: 'Краеведческий музей',
  accessPoint: 'Вход 1',
  direction: 'entry',
  link: { kind: 'up' },
  readers: [{ kind: 'wedge', name: 'keyboard', live: true }],
  waiting: 0,
  recording: true,
  unrecorded: 0,
  listFrom: ago(1),
}

const seeing: KioskStatus = {
  ...allWell,
  readers: [...allWell.readers, { kind: 'camera', name: 'Still camera', live: true, lastRead: ago(3) }],
}

const cutOff: KioskStatus = {
  ...allWell,
  link: { kind: 'down', since: ago(95) },
  readers: [
    { kind: 'wedge', name: 'keyboard', live: true },
    { kind: 'serial', name: 'COM3', live: false },
    { kind: 'serial', name: 'COM4', live: false },
  ],
  waiting: 1204,
  listFrom: ago(95),
}

/** As bad as it gets, at a venue with the longest kind of name. */
const allWrong: KioskStatus = {
  ...cutOff,
  contact: 'дежурный инженер, 8 (8652) 00-00-00',
  venue:
    'Государственное бюджетное учреждение культуры Ставропольского края «Ставропольский государственный историко-культурный и природно-ландшафтный музей-заповедник имени Г. Н. Прозрителева и Г. К. Праве»',
  accessPoint: 'Главный вход с площади Ленина',
  recording: false,
  unrecorded: 12,
}

const line = (seconds: number, kind: DeskSheet['entries'][number]['kind']) => ({ at: ago(seconds / 60), kind })
/** A desk in the evening. */
export const evening: DeskSheet = {
  entries: [
    line(0, 'denied'),
    line(14, 'granted'),
    line(41, 'granted'),
    { ...line(92, 'check'), resolved: 'admitted' },
    line(121, 'granted'),
    line(129, 'unreadable'),
    { ...line(145, 'granted'), resolved: 'refused' },
    line(203, 'check'),
    line(260, 'granted'),
    line(301, 'granted'),
  ],
  admitted: 1214,
  refused: 13,
}

const GREEN = 'rgb(0, 117, 74)'
const RED = 'rgb(179, 18, 42)'
const AMBER = 'rgb(255, 184, 28)'
const GREY = 'rgb(60, 74, 95)'
const PAPER = 'rgb(244, 246, 249)'
const INK = 'rgb(15, 27, 45)'

export interface ScreenCase {
  readonly mode: KioskMode
  readonly name: string
  readonly screen: ScreenState
  readonly status: KioskStatus
  /** what its camera sees; none: it has no camera */
  readonly view?: View
  readonly field: string
  readonly heading: Readonly<Record<Language, string>>
}

const reference = '7K4-Q2M'
const granted: ScreenState = { kind: 'granted', scan: 1, ms: 60_000 }
const denied = { kind: 'denied', scan: 2, ms: 60_000, reference } as const
const check = { kind: 'check', scan: 3, ms: 60_000, reference } as const
const unreadable: ScreenState = { kind: 'unreadable', scan: 4, ms: 60_000 }
const undecided = { ...check, ms: 'until-chosen' } as const

const says = (ru: string, en: string): ScreenCase['heading'] => ({ ru, en })
const restricted = says('Проход не разрешён', 'Entry not permitted')
const wait = says('Подождите сотрудника', 'Please wait for staff')
const refresh = says('Обновите код на экране', 'Refresh your code')
const go = says('Проходите', 'Go ahead')
const show = says('Покажите код', 'Show your code')
const starting = says('Терминал включается', 'Starting up')
const reading = says('Читаю…', 'Reading…')
const checking = says('Проверяю…', 'Checking…')
const notRead = says('Код не распознан', 'Code not recognised')
const broken = says('Терминал не работает', 'Out of order')
const byHand = says('Проверьте вручную', 'Check by hand')

type Row = readonly [string, ScreenState, string, ScreenCase['heading'], KioskStatus?, View?]
const rows = (mode: KioskMode, ...all: readonly Row[]): readonly ScreenCase[] =>
  all.map(([name, screen, field, heading, status = allWell, view]) => ({
    mode,
    name,
    screen,
    field,
    heading,
    status: { ...status, mode },
    ...(view && { view }),
  }))

export const screenCases: readonly ScreenCase[] = [
  ...rows(
    'self-service',
    ['starting', { kind: 'starting' }, PAPER, starting],
    ['idle', { kind: 'idle' }, PAPER, show],
    ['idle-camera', { kind: 'idle' }, PAPER, show, seeing, 'nobody'],
    ['idle-camera-found', { kind: 'idle' }, PAPER, show, seeing, 'ours'],
    ['idle-camera-foreign', { kind: 'idle' }, PAPER, show, seeing, 'foreign'],
    ['idle-camera-advice', { kind: 'idle' }, PAPER, show, seeing, 'glare'],
    ['idle-cut-off', { kind: 'idle' }, PAPER, show, cutOff],
    ['idle-all-wrong', { kind: 'idle' }, PAPER, show, allWrong],
    ['reading', { kind: 'reading' }, PAPER, reading],
    ['checking', { kind: 'checking', scan: 1 }, PAPER, checking],
    ['granted', granted, GREEN, go],
    ['granted-offline', { ...granted, dataFrom: ago(95) }, GREEN, go, cutOff],
    ['granted-all-wrong', { ...granted, dataFrom: ago(60 * 24) }, GREEN, go, allWrong],
    ['denied', { ...denied, reason: 'restricted' }, RED, restricted],
    ['denied-all-wrong', { ...denied, reason: 'restricted' }, RED, restricted, allWrong],
    ['denied-invalid', { ...denied, reason: 'invalid' }, RED, says('Код недействителен', 'Code not valid')],
    [
      'denied-wrong-venue',
      { ...denied, reason: 'wrong-venue' },
      RED,
      says('Код для другого места', 'Code for another place'),
    ],
    ['check', { ...check, reason: 'no-list' }, AMBER, wait],
    ['check-not-recorded', { ...check, reason: 'not-recorded' }, AMBER, wait, allWrong],
    ['check-expired', { ...check, reason: 'expired' }, AMBER, refresh],
    ['check-expired-all-wrong', { ...check, reason: 'expired' }, AMBER, refresh, allWrong],
    ['unreadable', unreadable, GREY, notRead],
    ['unreadable-all-wrong', unreadable, GREY, notRead, allWrong],
    ['fault-not-set-up', { kind: 'fault', code: 'not-set-up' }, INK, broken],
    ['fault-self-test', { kind: 'fault', code: 'self-test' }, INK, broken],
    ['fault-internal', { kind: 'fault', code: 'internal' }, INK, broken, allWrong],
  ),
  ...rows(
    'turnstile',
    ['starting', { kind: 'starting' }, PAPER, says('Минуту', 'One moment')],
    ['idle', { kind: 'idle' }, PAPER, says('Вход', 'Entry')],
    ['idle-exit', { kind: 'idle' }, PAPER, says('Выход', 'Exit'), { ...cutOff, direction: 'exit' }],
    ['reading', { kind: 'reading' }, PAPER, reading],
    ['checking', { kind: 'checking', scan: 1 }, PAPER, reading],
    ['granted', granted, GREEN, says('Проходите', 'Go')],
    ['denied', { ...denied, reason: 'restricted' }, RED, says('Стоп', 'Stop')],
    ['check', { ...check, reason: 'no-list' }, AMBER, says('Ждите', 'Wait')],
    ['check-all-wrong', { ...check, reason: 'not-recorded' }, AMBER, says('Ждите', 'Wait'), allWrong],
    ['check-expired', { ...check, reason: 'expired' }, AMBER, says('Обновите', 'Refresh')],
    ['unreadable', unreadable, GREY, says('Ещё раз', 'Again')],
    ['fault', { kind: 'fault', code: 'internal' }, INK, says('Закрыто', 'Closed'), allWrong],
  ),
  ...rows(
    'desk',
    ['starting', { kind: 'starting' }, PAPER, starting],
    ['idle', { kind: 'idle' }, PAPER, show],
    ['idle-camera', { kind: 'idle' }, PAPER, show, seeing, 'nobody'],
    ['idle-camera-advice', { kind: 'idle' }, PAPER, show, seeing, 'glare'],
    ['idle-all-wrong', { kind: 'idle' }, PAPER, show, allWrong],
    ['reading', { kind: 'reading' }, PAPER, reading],
    ['granted', granted, GREEN, go],
    ['granted-all-wrong', { ...granted, dataFrom: ago(60 * 24) }, GREEN, go, allWrong],
    ['denied', { ...denied, reason: 'restricted' }, RED, restricted],
    ['denied-all-wrong', { ...denied, reason: 'restricted' }, RED, restricted, allWrong],
    ['asking', { kind: 'asking', scan: 2, reference }, RED, says('Почему допускаете?', 'Why let them in?')],
    ['check', { ...undecided, reason: 'list-stale' }, AMBER, byHand],
    ['check-expired', { ...undecided, reason: 'expired' }, AMBER, byHand],
    ['check-all-wrong', { ...undecided, reason: 'unknown-key' }, AMBER, byHand, allWrong],
    ['resolved-admitted', { kind: 'resolved', scan: 3, ms: 60_000, outcome: 'admitted' }, GREEN, go],
    ['resolved-refused', { kind: 'resolved', scan: 3, ms: 60_000, outcome: 'refused', reference }, RED, restricted],
    ['unreadable', unreadable, GREY, notRead],
    ['fault', { kind: 'fault', code: 'not-set-up' }, INK, broken, allWrong],
  ),
]

/** One of them, by the name it has in its mode. */
export function caseOf(mode: KioskMode, name: string): ScreenCase {
  const found = screenCases.find((one) => one.mode === mode && one.name === name)
  if (!found) throw new RangeError(`no screen ${mode} ${name}`)
  return found
}
