import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { sql } from 'kysely'
import { pino } from 'pino'
import { freshDatabase } from '../testing/database.ts'
import { migrate } from './migrate.ts'
import { openDatabase, type Database } from './pool.ts'

let db: Database
beforeAll(async () => {
  db = openDatabase(await freshDatabase(inject('postgresUrl')), pino({ level: 'silent' }), 1)
  await migrate(db.sql)
})
afterAll(() => db.close())

const line = async (name: string): Promise<number> => {
  const { version } = await db.sql
    .selectFrom('changes')
    .select('version')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return Number(version)
}
const restrict = (count: number) =>
  sql`insert into restrictions (handle, kind, deny_from, deny_until, reason)
    select substring(sha256(uuid_send(gen_random_uuid())) for 10), 'restricted', now(), now() + interval '1 day', 'many'
    from generate_series(1, ${count}::int)`

test('a transaction is one step of a line, and its rows have that version', async () => {
  const before = await line('restrictions')
  await db.sql.transaction().execute(async (tx) => {
    await restrict(20_000).execute(tx)
    await restrict(5).execute(tx)
  })
  expect(await line('restrictions')).toBe(before + 1)
  const { rows } = await sql<{ version: string; count: string }>`
    select version, count(*) from restrictions group by version order by version::bigint desc limit 1`.execute(db.sql)
  expect(rows).toEqual([{ version: String(before + 1), count: '20005' }])
})

test('the next transaction of the same connection makes the next step, and one of nothing makes none', async () => {
  await db.sql.connection().execute(async (one) => {
    const before = await line('restrictions')
    await restrict(1).execute(one)
    await restrict(1).execute(one)
    expect(await line('restrictions')).toBe(before + 2)
    await restrict(0).execute(one)
    expect(await line('restrictions')).toBe(before + 2)
  })
})

test('what a savepoint undoes, the next row does again', async () => {
  const before = await line('restrictions')
  await db.sql.transaction().execute(async (tx) => {
    await sql`savepoint s`.execute(tx)
    await restrict(1).execute(tx)
    await sql`rollback to savepoint s`.execute(tx)
    await restrict(1).execute(tx)
  })
  expect(await line('restrictions')).toBe(before + 1)
  const newest = await db.sql
    .selectFrom('restrictions')
    .select('version')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  expect(newest.version).toBe(String(before + 1))
})
