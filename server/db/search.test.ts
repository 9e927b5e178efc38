import fc from 'fast-check'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { freshDatabase } from '../testing/database.ts'
import { migrate } from './migrate.ts'
import { openDatabase, type Database } from './pool.ts'
import { contains } from './search.ts'

let db: Database
beforeAll(async () => {
  db = openDatabase(await freshDatabase(inject('postgresUrl')), pino({ level: 'silent' }), 1)
  await migrate(db.sql)
})
afterAll(() => db.close())

const holds = async (column: string, text: string): Promise<boolean> => {
  const { rows } = await sql<{
    found: boolean
  }>`select ${contains(sql<string>`${column}::text`, text)} as found`.execute(db.sql)
  return rows[0]?.found ?? false
}

test.each([
  ['Краеведческий музей', 'МУЗЕЙ', true],
  ['Краеведческий музей', 'кино', false],
  ['Скидка 100%', '100%', true],
  ['Скидка 1000', '100%', false],
  ['in_and_out', 'N_A', true],
  ['in-and-out', 'n_a', false],
  [String.raw`C:\venue`, String.raw`:\V`, true],
  ['Ёлка', 'елка', true],
])('%s holds %s: %s', async (column, text, found) => {
  expect(await holds(column, text)).toBe(found)
})

test('every part of a name is found, in either case', async () => {
  const letters = fc.constantFrom(...Array.from(String.raw`аБвГёЖшЫaBz%_\'" -«»`))
  await fc.assert(
    fc.asyncProperty(fc.array(letters, { minLength: 1, maxLength: 30 }), fc.nat(), fc.nat(), async (all, from, to) => {
      const [start, end] = [from % all.length, to % all.length].sort((one, other) => one - other)
      const part = all.slice(start, (end ?? 0) + 1).join('')
      expect(await holds(all.join(''), part.toUpperCase())).toBe(true)
      expect(await holds(all.join(''), part.toLowerCase())).toBe(true)
    }),
    { seed: 7, numRuns: 100 },
  )
})
