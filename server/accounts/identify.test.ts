import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { recordAudit } from '../audit/audit.store.ts'
import { freshDatabase } from '../testing/database.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'
import { inviteAccount } from './accounts.store.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
})
afterAll(() => server.stop())

test('nobody, somebody, and nobody again after signing out', async () => {
  expect((await server.ask('GET', '/api/me')).body).toMatchObject({ me: null })
  const coordinator = await server.as([{ role: 'coordinator', branch: 'sport' }])
  expect((await coordinator.get('/api/me')).body).toMatchObject({
    me: { email: coordinator.person.email, grants: [{ role: 'coordinator', branch: 'sport' }], secondFactor: 'on' },
  })
  expect((await coordinator.post('/api/sign-out')).status).toBe(200)
  expect((await coordinator.get('/api/me')).body).toMatchObject({ me: null })
  expect((await coordinator.post('/api/sign-out')).status).toBe(401)
})

test('an invitation makes an account with its grant, a second one adds to it', async () => {
  const one = { email: 'Olga@Example.org ', name: 'Ольга', locale: 'ru', grant: { role: 'auditor' } } as const
  const clock = (): Date => new Date()
  const first = await inviteAccount(server.db.sql, one, server.url, clock)
  const again = await inviteAccount(
    server.db.sql,
    { ...one, email: 'olga@example.org', grant: { role: 'health' } },
    server.url,
    clock,
  )
  expect(again.accountId).toBe(first.accountId)
  expect(again.link).toMatch(/\/office\/invitation#[\w-]{43}$/)
  expect(again.link).not.toBe(first.link)
})

test('the log is written in the transaction of the fact', async () => {
  const entry = { actor: { kind: 'system' }, action: 'test.happen', object: { kind: 'test', id: 1 } } as const
  await server.db.sql.transaction().execute((tx) => recordAudit(tx, entry))
  const rolledBack = server.db.sql.transaction().execute(async (tx) => {
    await recordAudit(tx, entry)
    throw new Error('and it did not happen')
  })
  await expect(rolledBack).rejects.toThrow('did not happen')
  const rows = await server.db.sql.selectFrom('audit_log').selectAll().where('action', '=', 'test.happen').execute()
  expect(rows).toHaveLength(1)
})
