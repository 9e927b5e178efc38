import { describe, expect, test } from 'vitest'
import type { KioskStatus } from '../preload/kiosk-api.ts'
import { clockTime } from './clock-time.ts'
import { en } from './i18n/en.ts'
import { ru } from './i18n/ru.ts'
import { statusNotes } from './status-notes.ts'

const NOW = Date.UTC(2026, 10, 22, 9, 0)
const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString()
const well: KioskStatus = {
  mode: 'self-service',
  link: { kind: 'up' },
  readers: [{ kind: 'wedge', name: 'keyboard', live: true }],
  waiting: 0,
  recording: true,
  unrecorded: 0,
  listFrom: ago(1),
}
const wrong = (status: KioskStatus): readonly string[] =>
  statusNotes(status, ru, NOW)
    .filter((note) => note.wrong)
    .map((note) => note.text)

describe('the small print', () => {
  test('is quiet while all is well', () => {
    expect(wrong(well)).toEqual([])
    expect(statusNotes(well, ru, NOW).map((note) => note.text)).toEqual(['Связь есть', 'Сканер-клавиатура'])
  })

  test('says since when there is no link, and what waits for it', () => {
    expect(wrong({ ...well, link: { kind: 'down', since: ago(10) }, waiting: 3 })).toEqual([
      `Нет связи с ${clockTime(ago(10), NOW)}`,
      'Ждут отправки: 3',
    ])
    expect(wrong({ ...well, link: { kind: 'down' } })).toEqual(['Нет связи'])
    expect(wrong({ ...well, link: { kind: 'refused' } })).toEqual(['Сервер не признаёт терминал'])
  })

  test('visits on their way over a good link are no trouble', () => {
    expect(wrong({ ...well, waiting: 3 })).toEqual([])
  })

  test('keeps saying how many visits were lost to the disk, also once it writes again', () => {
    expect(wrong({ ...well, unrecorded: 2 })).toEqual(['Не записано посещений: 2'])
  })

  test('a keyboard scanner is proved by reading alone; at a desk each reader says when it last read', () => {
    const wedge = { kind: 'wedge', name: 'keyboard', live: true } as const
    const serial = { kind: 'serial', name: 'COM3', live: true, lastRead: ago(5) } as const
    const notes = (status: KioskStatus): readonly unknown[] =>
      statusNotes(status, ru, NOW)
        .slice(1)
        .map(({ text, unproved }) => [text, unproved])
    expect(notes({ ...well, readers: [wedge, serial] })).toEqual([
      ['Сканер-клавиатура', true],
      ['COM-сканер', false],
    ])
    expect(notes({ ...well, mode: 'desk', readers: [{ ...wedge, lastRead: ago(2) }, serial] })).toEqual([
      [`Сканер-клавиатура: прочитано в ${clockTime(ago(2), NOW)}`, false],
      [`COM-сканер: прочитано в ${clockTime(ago(5), NOW)}`, false],
    ])
    expect(notes({ ...well, mode: 'desk' })).toEqual([['Сканер-клавиатура: ещё не читал', true]])
  })

  test('names the reader that is gone', () => {
    const readers = [...well.readers, { kind: 'serial', name: 'COM3', live: false } as const]
    expect(wrong({ ...well, readers })).toEqual(['COM-сканер отключён'])
  })

  test('says of two scanners of one kind which it is', () => {
    const readers = [
      ...well.readers,
      { kind: 'serial', name: 'COM3', live: false },
      { kind: 'serial', name: 'COM4', live: true, lastRead: ago(5) },
    ] as const
    const at = clockTime(ago(5), NOW)
    const texts = (words: typeof ru): readonly string[] =>
      statusNotes({ ...well, mode: 'desk', readers }, words, NOW)
        .slice(2)
        .map(({ text }) => text)
    expect(texts(ru)).toEqual(['COM-сканер отключён (COM3)', `COM-сканер (COM4): прочитано в ${at}`])
    expect(texts(en)).toEqual(['Serial scanner disconnected (COM3)', `Serial scanner (COM4): read at ${at}`])
  })

  test('speaks of the list from the same hour on at which a green says it', () => {
    expect(wrong({ ...well, listFrom: ago(60) })).toEqual([])
    expect(wrong({ ...well, listFrom: ago(61) })).toEqual([`Список от ${clockTime(ago(61), NOW)}`])
    const { listFrom: _, ...without } = well
    expect(wrong(without)).toEqual(['Список не загружен'])
  })
})

describe('times', () => {
  test('another day carries its date', () => {
    const noon = new Date(2026, 10, 22, 12, 0).getTime()
    expect(clockTime(new Date(2026, 10, 22, 9, 5).toISOString(), noon)).toBe('09:05')
    expect(clockTime(new Date(2026, 10, 21, 9, 5).toISOString(), noon)).toBe('21.11 09:05')
    expect(clockTime('сегодня', noon)).toBe('сегодня')
  })
})
