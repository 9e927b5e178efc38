import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { ApplicationQuery } from '../../contract/join/application-view.ts'
import { openDatabase, type Database } from '../db/pool.ts'
import { cafeForm } from '../testing/application-forms.ts'
import { freshDatabase } from '../testing/database.ts'
import { applicationsPage, countApplications, pageQuery, type Asked } from './desk.store.ts'

/** As many as the krai will ever have, in the states they would be in: most are done with. */
const MANY = 50_000
const NOW = new Date('2026-11-23T09:00:00Z')

let db: Database
beforeAll(async () => {
  db = openDatabase(await freshDatabase(inject('postgresUrl')), pino({ level: 'silent' }), 1)
  const form = JSON.stringify(cafeForm(1))
  await sql`
    insert into applications (reference, state, detail, draft, form, submitted_at, due_at, branch, kinds, organisation, inn, ogrn, words)
    select substr(d, 1, 3) || '-' || substr(d, 4), state, jsonb_build_object('kind', state), '{}', ${form}::jsonb,
      ${NOW}::timestamptz - n * interval '7 minutes', case when state in ('submitted', 'approved') then ${NOW}::timestamptz + (n % 97 - 20) * interval '1 hour' end,
      (array['culture', 'sport', 'trade', 'trade'])[1 + n % 4], array[(array['museum', 'gym', 'cafe', 'shop'])[1 + n % 4]],
      'ООО «Компания ' || n || '»', lpad(n::text, 10, '0'), lpad(n::text, 13, '0'),
      array_to_tsvector(array['ооо', 'компания', n::text, lpad(n::text, 10, '0'), 'улица' || n % 500])
    from (
      select n, case n % 50 when 0 then 'submitted' when 1 then 'approved' when 2 then 'rejected' when 3 then 'correction' else 'registered' end as state,
        translate(lpad(to_hex(n), 6, '0'), 'abcdef', 'ABCDEF') as d
      from generate_series(1, ${MANY}) n
    ) made`.execute(db.sql)
  await sql`analyze applications`.execute(db.sql)
}, 120_000)
afterAll(() => db.close())

const asked = (query: object, branches: Asked['branches']): Asked => ({
  query: ApplicationQuery.parse(query),
  branches,
  now: NOW,
})

const Plan = z.array(z.object({ 'QUERY PLAN': z.string() }))
async function planOf(what: Asked): Promise<string> {
  const { sql: text, parameters } = pageQuery(db.sql, what).compile()
  const { rows } = await db.pool.query(`explain ${text}`, [...parameters])
  return Plan.parse(rows)
    .map((row) => row['QUERY PLAN'])
    .join('\n')
}

describe('every page that a desk opens is found by an index', () => {
  test.each<[string, object, Asked['branches']]>([
    ['the Coordinator’s queue', { state: 'submitted' }, ['trade']],
    ['all of a branch by their deadline', {}, ['trade']],
    ['the newest of a branch', { sort: '-submittedAt' }, ['culture']],
    ['by name', { sort: 'organisation' }, ['trade']],
    ['of two branches', { state: 'submitted' }, ['trade', 'sport']],
    ['overdue', { overdue: 'true' }, ['trade']],
    ['the Operator’s queue', { state: 'approved' }, undefined],
    ['all of the krai', {}, undefined],
    ['the newest of the krai', { sort: '-submittedAt' }, undefined],
    ['by name, of the krai', { sort: '-organisation' }, undefined],
    ['a word', { search: 'улица78' }, ['trade']],
    ['beginnings of words', { search: 'комп 4999' }, ['trade']],
    ['an ИНН', { search: '0000049997' }, undefined],
    ['a kind and a state', { kind: 'cafe', state: 'submitted' }, undefined],
    ['a word and a state', { search: 'улица50', state: 'submitted' }, ['trade']],
    ['the hundredth page', { page: 100, size: 50 }, ['trade']],
  ])('%s: %j of %j', async (_what, query, branches) => {
    const what = asked(query, branches)
    const plan = await planOf(what)
    expect(plan).toMatch(/Index (?:Only )?Scan|Bitmap Index Scan/)
    expect(plan).not.toMatch(/Seq Scan on applications\b/)
    const { rows, total } = await applicationsPage(db.sql, what)
    expect(rows.length).toBeGreaterThan(0)
    expect(total).toBeGreaterThanOrEqual(rows.length)
  })
})

test('the first page of a queue is read in its order: nothing is sorted', async () => {
  for (const what of [
    asked({ state: 'submitted' }, ['trade']),
    asked({}, ['trade']),
    asked({}, undefined),
    asked({ sort: 'organisation' }, undefined),
    asked({ sort: '-submittedAt' }, undefined),
  ]) {
    expect(await planOf(what)).not.toMatch(/\bSort\b/)
  }
})

test('the counts of the tabs are right', async () => {
  const { states, overdue } = await countApplications(db.sql, undefined, NOW)
  expect(states).toMatchObject({
    submitted: 1000,
    approved: 1000,
    rejected: 1000,
    correction: 1000,
    registered: 46_000,
  })
  const { rows } = await sql<{ n: number }>`select count(*)::int n from applications where due_at < ${NOW}`.execute(
    db.sql,
  )
  expect(overdue).toBe(rows[0]?.n)
})
