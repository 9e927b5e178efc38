/** The register of a large region: the table does not slow down, and the database says how it goes about it. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { VenueQuery } from '../../contract/office/venue.ts'
import { freshDatabase } from '../testing/database.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'
import { filteredVenues } from './venue-table.store.ts'
import { venueScope } from './scope.ts'
import { loadVenues } from './venues.store.ts'
import { sql } from 'kysely'

const MANY = 50_000

let server: TestServer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  const { pool } = server.db
  // numbering each row for the kiosks is not what is looked at here
  await pool.query('alter table venues disable trigger numbered')
  await pool.query(
    `insert into participants (inn, organisation, address, email)
     select lpad(n::text, 10, '0'), 'ООО «Организация ' || n || '»', 'г. Ставрополь', 'o' || n || '@example.org'
     from generate_series(1, 10000) n`,
  )
  await pool.query(
    `insert into venues (code, name, poster, participant_id, kind, address, municipality, state, created_at)
     select 'X' || n, (array['Кафе', 'Магазин', 'Музей', 'Спортзал'])[1 + n % 4] || ' № ' || n, 'P' || n,
       (select min(id) from participants) + n % 10000, (array['cafe', 'shop', 'museum', 'gym'])[1 + n % 4],
       'г. Ставрополь, ул. Ленина, ' || n, 'Округ ' || n % 33, case when n % 500 = 0 then 'suspended' else 'active' end,
       now() - make_interval(secs => n)
     from generate_series(1, ${MANY}) n`,
  )
  await pool.query('alter table venues enable trigger numbered')
  await pool.query('alter table access_points disable trigger numbered')
  await pool.query("insert into access_points (venue_id, name, direction) select id, 'Вход 1', 'entry' from venues")
  await pool.query('alter table access_points enable trigger numbered')
  await pool.query('analyze access_points')
  await pool.query('analyze venues')
  await pool.query('analyze participants')
}, 120_000)
afterAll(() => server.stop())

const operator = venueScope([{ role: 'operator' }])

/** What the plan reads row by row from beginning to end. */
async function wholeTables(filters: Partial<VenueQuery>, order: string): Promise<string> {
  const query = VenueQuery.parse(filters)
  const rows = await filteredVenues(server.db.sql, operator, query)
    .select(['venues.id', 'participants.organisation'])
    .orderBy(sql.ref(`venues.${order}`), 'desc')
    .orderBy('venues.id', 'desc')
    .limit(query.size)
    .explain('text')
  return JSON.stringify(rows)
}

test.each([
  ['name', {}],
  ['address', {}],
  ['created_at', {}],
  ['municipality', {}],
  ['kind', {}],
  ['state', {}],
  ['name', { state: 'suspended' }],
  ['name', { municipality: 'Округ 7' }],
  ['name', { participant: 77 }],
  ['name', { search: '№ 4999' }],
  ['name', { search: 'ЛЕНИНА, 31415' }],
] as const)('sorted by %s with %o no table is read from beginning to end', async (order, filters) => {
  expect(await wholeTables(filters as Partial<VenueQuery>, order)).not.toContain('Seq Scan on venues')
})

test('pages are whole: every venue once, also where a column has few values', async () => {
  const person = await server.as([{ role: 'operator' }])
  const seen = new Set<number>()
  for (let page = 1; page <= 25; page++) {
    const { body } = await person.get(`/api/venues?sort=kind&size=200&page=${page}`)
    for (const { id } of (body as { rows: { id: number }[] }).rows) seen.add(id)
  }
  expect(seen.size).toBe(5000)
})

test('words are found whatever their case, in names, addresses, organisations, ИНН and codes', async () => {
  const person = await server.as([{ role: 'operator' }])
  const found = async (search: string): Promise<number> =>
    ((await person.get(`/api/venues?search=${encodeURIComponent(search)}`)).body as { total: number }).total
  expect(await found('кафе № 40000')).toBe(1)
  expect(await found('КАФЕ № 40000')).toBe(1)
  expect(await found('организация 9876»')).toBe(5)
  expect(await found('0000009876')).toBe(5)
  expect(await found('p31415')).toBe(1)
  // signs of LIKE are signs
  expect(await found('100%')).toBe(0)
  expect(await found('_____')).toBe(0)
})

test('of one change that one is read, and neither table from beginning to end', async () => {
  const { sql: db } = server.db
  const { id, name } = await db
    .selectFrom('venues')
    .select(['id', 'name'])
    .where('code', '=', 'X40000')
    .executeTakeFirstOrThrow()
  const before = await loadVenues(db)
  await db
    .updateTable('venues')
    .set({ name: `${name}!` })
    .where('id', '=', id)
    .execute()
  await db.transaction().execute(async (tx) => {
    // of this connection, also of what it did a moment ago
    const wholeReads = async (): Promise<unknown> => {
      const { rows } = await sql`
        select relname, seq_scan from pg_stat_xact_user_tables
        where relname in ('venues', 'access_points') order by relname`.execute(tx)
      return rows
    }
    const already = await wholeReads()
    const after = await loadVenues(tx, { ...before, accessPoints: new Map() })
    expect([...after.accessPoints.values()].map(({ venue }) => venue.name)).toEqual([`${name}!`])
    expect(await wholeReads()).toEqual(already)
  })
})
