import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { officeApi } from '../../contract/office/api.ts'
import type { Grant } from '../../contract/office/grant.ts'
import { MAY_CALL, type Caller } from '../../contract/office/may-call.ts'
import { ROLES, type Role } from '../../contract/office/role.ts'
import { Problem } from '../../contract/http/problem.ts'
import type { Route } from '../../contract/http/route.ts'
import { freshDatabase } from '../testing/database.ts'
import { registeredVenue } from '../testing/registrations.ts'
import type { AskOptions } from '../testing/ask.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let participantId: number
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  participantId = (await registeredVenue(server.db.sql)).participant
})
afterAll(() => server.stop())

const grantOf = (role: Role): Grant => {
  if (role === 'coordinator') return { role, branch: 'trade' }
  return role === 'owner' || role === 'staff' ? { role, participantId } : { role }
}
const routes: readonly (readonly [name: string, route: Route])[] = Object.entries(officeApi)
const table: Readonly<Record<string, readonly Caller[]>> = MAY_CALL
/** An object that is not there: whoever may ask is told so, whoever may not never gets so far. */
const pathOf = ({ path }: Route): string => path.replaceAll(/:\w+/g, '2000000000')
const sent = ({ method, body }: Route): AskOptions =>
  method === 'get' || body === undefined ? {} : { body: body === 'file' ? 'x' : '{}' }

test('the table has a line for every endpoint, and no other', () => {
  expect(Object.keys(table).toSorted()).toEqual(routes.map(([name]) => name).toSorted())
})

test('what anyone may call needs no session, all else does', () => {
  for (const [name, { auth }] of routes)
    expect([name, table[name]?.includes('anyone')]).toEqual([name, auth === 'none'])
})

/** By name: the status nobody is answered with. Some of anyone's endpoints ask for a secret of their own, with 401. */
const asNobody = new Map<string, number>()

test('every endpoint asked by nobody is closed unless it is anyone’s', async () => {
  const headers = { origin: server.url }
  for (const [name, route] of routes) {
    const answer = await server.ask(route.method.toUpperCase(), pathOf(route), { headers, ...sent(route) })
    asNobody.set(name, answer.status)
    expect.soft(answer.status, name).toBeLessThan(500)
    if (table[name]?.includes('anyone')) expect.soft(answer.status, name).not.toBe(403)
    else expect.soft([name, answer.status, Problem.parse(answer.body).code]).toEqual([name, 401, 'unauthenticated'])
  }
})

describe.each(ROLES)('every endpoint asked as %s', (role) => {
  test('is answered exactly where the table says so', async () => {
    for (const [name, route] of routes) {
      // a session each: signing out is one of the endpoints
      const person = await server.as([grantOf(role)])
      const answer = await person.ask(route.method.toUpperCase(), pathOf(route), sent(route))
      const { status } = answer
      const callers = table[name] ?? []
      expect.soft(status, `${name} as ${role}`).toBeLessThan(500)
      if (callers.includes('anyone')) expect.soft([name, status]).toEqual([name, asNobody.get(name)])
      else if (callers.includes('signed-in') || callers.includes(role)) {
        expect.soft([401, 403], `${name} as ${role}`).not.toContain(status)
      } else expect.soft([name, status, Problem.parse(answer.body).code]).toEqual([name, 403, 'forbidden'])
    }
  })
})

test('a role that needs a second factor may do nothing before it is added', async () => {
  const operator = await server.as([{ role: 'operator' }])
  await server.db.sql
    .updateTable('accounts')
    .set({ totp_secret: null })
    .where('id', '=', operator.person.accountId)
    .execute()
  for (const [name, route] of routes) {
    if (route.auth !== 'person' || ['signOut', 'beginTotp', 'confirmTotp', 'setLocale'].includes(name)) continue
    const answer = await operator.ask(route.method.toUpperCase(), pathOf(route), sent(route))
    expect.soft([name, Problem.parse(answer.body).code]).toEqual([name, 'second-factor-needed'])
  }
})

describe('a request that another site’s page made', () => {
  const posts = routes.filter(([, { method }]) => method === 'post')
  const foreign: readonly (readonly [how: string, headers: Record<string, string>])[] = [
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that begins like ours', { origin: 'http://127.0.0.1.evil.example' }],
    ['no origin at all', {}],
    ['an opaque origin', { origin: 'null' }],
    ['cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['same-site', { 'sec-fetch-site': 'same-site' }],
    ['cross-site with our origin', { 'sec-fetch-site': 'cross-site', origin: 'ours' }],
    ['an address typed in', { 'sec-fetch-site': 'none' }],
    ['same-origin with another origin', { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }],
  ]
  test.each(foreign)('is refused everywhere: %s', async (_how, given) => {
    const { cookie } = await server.as([{ role: 'operator' }])
    const headers = { cookie, ...given, ...(given['origin'] === 'ours' && { origin: server.url }) }
    for (const [name, route] of posts) {
      const answer = await server.ask('POST', pathOf(route), { headers, ...sent(route) })
      expect.soft([name, answer.status, Problem.parse(answer.body).code]).toEqual([name, 403, 'cross-site'])
    }
  })

  test('ours are taken: by either header, and by the public address behind a proxy', async () => {
    const asked = async (from: TestServer, headers: Record<string, string>): Promise<number> =>
      (await from.ask('POST', '/api/sign-out', { headers, body: '{}' })).status
    expect(await asked(server, { origin: server.url })).toBe(401)
    expect(await asked(server, { 'sec-fetch-site': 'same-origin' })).toBe(401)
    const url = 'https://dopusk.example'
    const behind = await testServer(await freshDatabase(inject('postgresUrl')), { publicUrl: url })
    expect(await asked(behind, { origin: url })).toBe(401)
    const headers = (await behind.ask('GET', '/office')).headers
    expect(headers['strict-transport-security']).toContain('max-age=31536000')
    await behind.stop()
  })
})

test('pages and answers carry the headers that keep others out', async () => {
  for (const path of ['/office', '/api/me', '/docs']) {
    const { headers } = await server.ask('GET', path)
    expect(headers['content-security-policy']).toContain("script-src 'self';")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('same-origin')
    expect(headers['strict-transport-security']).toBeUndefined()
  }
})
