import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { decided, emptyJournal, noted, sheetOf, type Journal } from './journal.ts'
import { openJournal } from './journal-file.ts'

const EVENING = new Date(2026, 10, 22, 19, 4, 0)
const later = (minutes: number): Date => new Date(EVENING.getTime() + minutes * 60_000)
const numbers = (journal: Journal, now = EVENING) => {
  const { admitted, refused } = sheetOf(journal, now)
  return { admitted, refused }
}

test('green counts as let in, red as refused, amber as neither until somebody decides', () => {
  let journal = noted(emptyJournal(EVENING), { id: 'a', kind: 'granted' }, EVENING)
  journal = noted(journal, { id: 'b', kind: 'denied' }, EVENING)
  journal = noted(journal, { id: 'c', kind: 'check' }, EVENING)
  journal = noted(journal, { kind: 'unreadable' }, EVENING)
  expect(numbers(journal)).toEqual({ admitted: 1, refused: 1 })
  journal = decided(journal, 'c', 'refused', EVENING)
  expect(numbers(journal)).toEqual({ admitted: 1, refused: 2 })
  journal = decided(decided(journal, 'a', 'refused', EVENING), 'b', 'admitted', EVENING)
  expect(numbers(journal)).toEqual({ admitted: 1, refused: 2 })
  expect(numbers(decided(journal, 'c', 'admitted', EVENING))).toEqual({ admitted: 2, refused: 1 })
  expect(decided(journal, 'unheard of', 'admitted', EVENING)).toBe(journal)
})

test('ten are shown, newest first, and nothing tells one person from another', () => {
  let journal = emptyJournal(EVENING)
  for (let n = 0; n < 15; n++) journal = noted(journal, { id: `id-${n}`, kind: 'granted' }, later(n))
  const { entries } = sheetOf(decided(journal, 'id-14', 'refused', later(15)), later(15))
  expect(entries).toHaveLength(10)
  expect(entries[0]).toEqual({ at: later(14).toISOString(), kind: 'granted', resolved: 'refused' })
  expect(JSON.stringify(entries)).not.toContain('id-')
})

test('the numbers begin anew at midnight; what is decided after it about before it counts for neither day', () => {
  const midnight = later(5 * 60)
  let journal = noted(emptyJournal(EVENING), { id: 'a', kind: 'granted' }, EVENING)
  expect(numbers(journal, midnight)).toEqual({ admitted: 0, refused: 0 })
  journal = noted(journal, { id: 'b', kind: 'granted' }, midnight)
  expect(numbers(journal, midnight)).toEqual({ admitted: 1, refused: 0 })
  expect(numbers(decided(journal, 'a', 'refused', midnight), midnight)).toEqual({ admitted: 1, refused: 0 })
})

test('the numbers outlive a restart, the list does not; a torn file is an empty day', async () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'dopusk-journal-')), 'desk.json')
  const parts = {
    clock: () => EVENING,
    onChange: () => undefined,
    onError: (error: unknown) => expect(error).toBeNull(),
  }
  const first = openJournal(file, parts)
  first.noted({ id: 'a', kind: 'granted' })
  first.noted({ id: 'b', kind: 'denied' })
  await first.close()
  expect(fs.readFileSync(file, 'utf8')).toBe('{"day":"2026-11-22","admitted":1,"refused":1}')
  expect(openJournal(file, parts).sheet()).toEqual({ entries: [], admitted: 1, refused: 1 })
  fs.writeFileSync(file, '{"day":')
  expect(openJournal(file, parts).sheet()).toEqual({ entries: [], admitted: 0, refused: 0 })
})
