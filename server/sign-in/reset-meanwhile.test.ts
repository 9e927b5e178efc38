import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Problem } from '../../contract/http/problem.ts'
import { browserOf, type TestBrowser } from '../testing/browser.ts'
import { freshDatabase } from '../testing/database.ts'
import type { Answer } from '../testing/ask.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'
import { hashPassword } from '../accounts/password-hash.io.ts'

const PASSWORD = 'верный пароль 1'
let server: TestServer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
})
afterAll(() => server.stop())

let made = 0
async function account(password: string): Promise<{ readonly id: number; readonly email: string }> {
  const values = { email: `person-${++made}@people.test`, name: 'Имя', password }
  return server.db.sql.insertInto('accounts').values(values).returning(['id', 'email']).executeTakeFirstOrThrow()
}
const signIn = (from: TestBrowser, email: string): Promise<Answer> =>
  from.post('/api/sign-in', { email, password: PASSWORD })

/** Resets the password while the question waits for that, or is answered without waiting. */
async function resetDuring(id: number, ask: () => Promise<Answer>): Promise<[status: number, code: string]> {
  const { sql: db } = server.db
  const fresh = await hashPassword('другой пароль 2')
  const waiting = sql`select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  const asked = await db.transaction().execute(async (tx) => {
    await tx.updateTable('accounts').set({ password: fresh }).where('id', '=', id).execute()
    let answered = false
    const answer = ask().finally(() => (answered = true))
    await until(async () => answered || (await waiting.execute(db)).rows.length > 0)
    return { answer }
  })
  const { status, body } = await asked.answer
  const after = await db.selectFrom('accounts').select('password').where('id', '=', id).executeTakeFirst()
  expect(after?.password).toBe(fresh)
  return [status, Problem.parse(body).code]
}

test('a reset while the old password is being checked: no session begins', async () => {
  const { id, email } = await account(await hashPassword(PASSWORD))
  expect(await resetDuring(id, () => signIn(browserOf(server), email))).toEqual([401, 'wrong-credentials'])
  expect(await server.db.sql.selectFrom('sessions').select('id').where('account_id', '=', id).execute()).toEqual([])
})

test('a reset is not undone by hashing the old password anew', async () => {
  const { id, email } = await account(await hashPassword(PASSWORD, { memory: 8192, passes: 1, lanes: 1 }))
  expect(await resetDuring(id, () => signIn(browserOf(server), email))).toEqual([401, 'wrong-credentials'])
})

test('a reset is not undone by changing the old password', async () => {
  const { id, email } = await account(await hashPassword(PASSWORD))
  const own = browserOf(server)
  expect((await signIn(own, email)).status).toBe(200)
  const change = { current: PASSWORD, password: 'третий пароль 3' }
  expect(await resetDuring(id, () => own.post('/api/me/password', change))).toEqual([400, 'invalid-request'])
})
