import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Sql } from '../db/pool.ts'
import { freshDatabase } from '../testing/database.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'
import { listAudit } from './read-audit.store.ts'
import { recordAudit, type AuditEntry } from './audit.store.ts'
import { followChain, verifyChain } from './verify-audit.store.ts'

let server: TestServer
let db: Sql
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  db = server.db.sql
})
afterAll(() => server.stop())

const entry = (n: number): AuditEntry => ({
  actor: n % 3 === 0 ? { kind: 'system' } : { kind: 'person', accountId: n, role: 'operator' },
  action: `test.deed-${n % 4}`,
  object: { kind: 'thing', id: n },
  ...(n % 2 === 0 && { purpose: `по обращению № ${n}` }),
  ...(n % 5 === 0 && { detail: { n, list: [1, 'два'] } }),
})
const write = (n: number): Promise<void> => db.transaction().execute((tx) => recordAudit(tx, entry(n)))

test('writers at once make one chain without gaps', async () => {
  await Promise.all(Array.from({ length: 60 }, (_, n) => write(n)))
  const { rows, brokenAt, head } = await verifyChain(db)
  expect(brokenAt).toBeNull()
  const stored = await db.selectFrom('audit_log').select('seq').orderBy('seq').execute()
  expect(stored.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: rows }, (_, n) => n + 1))
  expect(head).toMatch(new RegExp(`^${rows}:[0-9a-f]{64}$`))
})

test('outside a transaction nothing is written: half of an entry would jam the log', async () => {
  const before = await db.selectFrom('audit_log').select('seq').execute()
  const untyped = recordAudit as (db: Sql, entry: AuditEntry) => Promise<void>
  await expect(untyped(db, entry(1))).rejects.toThrow('in a transaction only')
  expect(await db.selectFrom('audit_log').select('seq').execute()).toEqual(before)
})

test('the whole log is not counted: the newest number is how many rows there are', async () => {
  const page = { page: 1, size: 10 }
  const { count } = await db
    .selectFrom('audit_log')
    .select((e) => e.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  expect(await listAudit(db, page)).toMatchObject({ total: Number(count) })
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('audit_head')
      .set({ seq: String(Number(count) + 7) })
      .execute()
    expect(await listAudit(tx, page)).toMatchObject({ total: Number(count) + 7 })
    expect(await listAudit(tx, { ...page, search: 'test' })).toMatchObject({ total: Number(count) })
    await tx.updateTable('audit_head').set({ seq: count }).execute()
  })
})

test('the log can be written to, not changed', async () => {
  const { pool } = server.db
  for (const deed of [
    `update audit_log set action = 'x' where seq = 1`,
    'delete from audit_log where seq = 1',
    'truncate audit_log',
  ]) {
    await expect(pool.query(deed)).rejects.toThrow('the audit log is only written to')
  }
})

/** What somebody with all of the database in their hands does; undone afterwards. */
async function meddled(statements: readonly string[]): Promise<{ readonly brokenAt: number | null }> {
  const rollback = new Error('undone')
  let found: { readonly brokenAt: number | null } | undefined
  await db
    .transaction()
    .execute(async (tx) => {
      await sql`alter table audit_log disable trigger only_written`.execute(tx)
      for (const statement of statements) await sql.raw(statement).execute(tx)
      found = await followChain(tx)
      throw rollback
    })
    .catch((thrown: unknown) => {
      if (thrown !== rollback) throw thrown
    })
  if (!found) throw new Error('nothing was verified')
  return found
}

test('any byte of any column that was changed is found, at its row', async () => {
  const rows = await db.selectFrom('audit_log').selectAll().orderBy('seq').execute()
  const columns = [
    'at',
    'account_id',
    'role',
    'action',
    'object_kind',
    'object_id',
    'purpose',
    'detail',
    'hash',
  ] as const
  await fc.assert(
    fc.asyncProperty(fc.nat(rows.length - 1), fc.constantFrom(...columns), fc.nat(30), async (index, column, at) => {
      const row = rows[index]
      if (!row) throw new Error('no such row')
      const seq = Number(row.seq)
      const changed = {
        at: `at + interval '1 millisecond'`,
        account_id: 'coalesce(account_id, 0) + 1',
        hash: `set_byte(hash, ${at}, get_byte(hash, ${at}) # 1)`,
      }
      const text = (name: string): string => `coalesce(overlay(${name} placing 'ъ' from ${at % 3} + 1 for 1), 'ъ')`
      const value = column in changed ? changed[column as keyof typeof changed] : text(column)
      const { brokenAt } = await meddled([`update audit_log set ${column} = ${value} where seq = ${seq}`])
      expect(brokenAt).toBe(seq)
    }),
    { numRuns: 60 },
  )
})

test('a row that was removed, added or moved is found; so is an end that was cut off', async () => {
  const { rows } = await verifyChain(db)
  const cases: readonly (readonly [readonly string[], number])[] = [
    [['delete from audit_log where seq = 7'], 7],
    [['delete from audit_log where seq = 1'], 1],
    [[`delete from audit_log where seq = ${rows}`], rows],
    // closed up again behind the one that was removed; by way of no number that is taken, in whatever order rows are changed
    [
      [
        'delete from audit_log where seq = 7',
        'update audit_log set seq = -seq where seq > 7',
        'update audit_log set seq = -seq - 1 where seq < 0',
      ],
      7,
    ],
    // two in each other's places
    [
      [
        'update audit_log set seq = -1 where seq = 8',
        'update audit_log set seq = 8 where seq = 9',
        'update audit_log set seq = 9 where seq = -1',
      ],
      8,
    ],
    [
      [
        `insert into audit_log select ${rows + 1}, at, account_id, role, action, object_kind, object_id, purpose, detail, hash
         from audit_log where seq = ${rows}`,
      ],
      rows + 1,
    ],
  ]
  for (const [statements, at] of cases) expect((await meddled(statements)).brokenAt, statements[0]).toBe(at)
  expect((await verifyChain(db)).brokenAt).toBeNull()
})

test('a head noted down shows that the whole end was written anew', async () => {
  const { head } = await verifyChain(db)
  await write(100)
  expect((await verifyChain(db, head)).brokenAt).toBeNull()
  const [seq = '', hash = ''] = head.split(':')
  const other = `${seq}:${hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))}`
  expect((await verifyChain(db, other)).brokenAt).toBe(Number(seq))
  expect((await verifyChain(db, `999999:${hash}`)).brokenAt).not.toBeNull()
})

test('the auditor reads it by action, object, person and day, and follows the chain', async () => {
  const auditor = await server.as([{ role: 'auditor' }])
  const get = async (query: string) => (await auditor.get(`/api/audit${query}`)).body
  expect(await get('?objectKind=thing&objectId=10')).toMatchObject({
    total: 1,
    rows: [{ action: 'test.deed-2', purpose: 'по обращению № 10', detail: { n: 10, list: [1, 'два'] } }],
  })
  expect(await get('?role=system&objectKind=thing&size=5')).toMatchObject({
    rows: expect.arrayContaining([expect.objectContaining({ account: null })]) as unknown,
  })
  const today = new Date().toISOString().slice(0, 10)
  expect(await get(`?from=${today}&until=${today}&action=test.deed-1`)).not.toMatchObject({ total: 0 })
  expect(await get('?until=2020-01-01')).toMatchObject({ total: 0 })
  expect((await auditor.get('/api/audit/actions')).body).toMatchObject({
    objectKinds: expect.arrayContaining(['thing']) as unknown,
  })
  const verified = await auditor.post('/api/audit/verify')
  expect(verified.body).toMatchObject({ brokenAt: null })
})
