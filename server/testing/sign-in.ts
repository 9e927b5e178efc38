import { randomBytes } from 'node:crypto'
import type { Grant, Person } from '../accounts/person.ts'
import { openSession, personOf } from '../accounts/sessions.store.ts'
import { SESSION_COOKIE } from '../accounts/session.ts'
import { addGrant } from '../accounts/accounts.store.ts'
import type { Sql } from '../db/pool.ts'
import type { Answer, Ask } from './ask.ts'

/** Somebody who is signed in, as their browser asks. */
export interface SignedIn {
  readonly person: Person
  /** of a Cookie header */
  readonly cookie: string
  readonly ask: Ask
  get(path: string): Promise<Answer>
  post(path: string, value?: unknown): Promise<Answer>
}

/** A new account with these grants and a session of it; its second factor counts as added. */
export async function signInAs(
  db: Sql,
  ask: Ask,
  url: string,
  grants: readonly Grant[],
  clock: () => Date,
): Promise<SignedIn> {
  const at = clock()
  const { id } = await db
    .insertInto('accounts')
    .values({
      email: `${randomBytes(6).toString('hex')}@people.test`,
      name: 'Тест Тестович Тестов',
      totp_secret: randomBytes(48),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const grant of grants) await addGrant(db, id, grant)
  const token = await openSession(db, { accountId: id, device: 'Tests', network: '', at })
  const person = await personOf(db, token, at, false)
  if (!person) throw new Error('the session does not last')
  const cookie = `${SESSION_COOKIE}=${token}`
  const asked: Ask = (method, path, options = {}) =>
    ask(method, path, {
      ...options,
      headers: { cookie, origin: url, 'sec-fetch-site': 'same-origin', ...options.headers },
    })
  return {
    person,
    cookie,
    ask: asked,
    get: (path) => asked('GET', path),
    post: (path, value = {}) => asked('POST', path, { body: JSON.stringify(value) }),
  }
}
