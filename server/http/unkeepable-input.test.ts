/** What PostgreSQL does not take is refused where it comes in, with the name of its field: never a 500. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { officeApi } from '../../contract/office/api.ts'
import { Problem } from '../../contract/http/problem.ts'
import type { Route } from '../../contract/http/route.ts'
import { freshDatabase } from '../testing/database.ts'
import { registeredVenue } from '../testing/registrations.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import type { Answer } from '../testing/ask.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
/** acts as everybody */
let person: SignedIn
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  const { participant: participantId } = await registeredVenue(server.db.sql)
  person = await server.as([
    { role: 'operator' },
    { role: 'auditor' },
    { role: 'coordinator', branch: 'trade' },
    { role: 'owner', participantId },
  ])
})
afterAll(() => server.stop())

const told = ({ status, body }: Answer): unknown[] => {
  const { code, errors } = Problem.parse(body)
  return [status, code, errors?.map(({ field }) => field)]
}
const UNKEEPABLE = ['a\0b', 'a\ud800b', 'ab\udfff']

test.each(UNKEEPABLE)('in a body, from anybody: %j', async (text) => {
  const ask = (path: string, value: unknown): Promise<Answer> => {
    const secret = randomBytes(16).toString('base64url')
    const headers = { origin: server.url, authorization: `Bearer ${secret}` }
    return server.ask('POST', path, { headers, body: JSON.stringify(value) })
  }
  expect(told(await ask('/api/sign-in', { email: text, password: 'any' }))).toEqual([400, 'invalid-request', ['email']])
  const typed = { venues: [{ name: text }], organisation: text }
  expect(told(await ask('/api/join/save', { form: typed }))).toEqual([
    400,
    'invalid-request',
    ['form.venues.0.name', 'form.organisation'],
  ])
  // tabs and lines are pasted, and can be put right before the form is sent
  expect((await ask('/api/join/save', { form: { venues: [], organisation: 'ООО\t«Уют»\n' } })).status).toBe(200)
  const accepting = { token: 'x'.repeat(43), name: text, password: 'новый пароль 1' }
  expect(told(await ask('/api/invitations/accept', accepting))).toEqual([400, 'invalid-request', ['name']])
})

test.each([
  ['/api/audit', ['action', 'objectKind', 'objectId', 'role', 'search']],
  ['/api/mails', ['kind', 'aboutKind', 'aboutId', 'search']],
  ['/api/venues', ['municipality', 'search']],
  ['/api/fleet/devices', ['version', 'search']],
] as const)('in the query of %s', async (path, fields) => {
  for (const field of fields)
    expect(told(await person.get(`${path}?${field}=a%00b`))).toEqual([400, 'invalid-request', [field]])
})

describe('a number larger than any id', () => {
  const routes: readonly (readonly [name: string, route: Route])[] = Object.entries(officeApi)
  const numbered = routes.filter(([, { path, params }]) => path.includes('/:id') && params)
  test.each(numbered)('in the path of %s', async (name, { method, path, body }) => {
    const asked = path.replace(':id', '3000000000').replaceAll(/:\w+/g, '1')
    const answer = await person.ask(method.toUpperCase(), asked, body === undefined ? {} : { body: '{}' })
    const { code, errors } = Problem.parse(answer.body)
    // ids of mails are larger
    if (name === 'repeatMail') expect([answer.status, code]).toEqual([404, 'not-found'])
    else expect([answer.status, code, errors?.map(({ field }) => field)[0]]).toEqual([400, 'invalid-request', 'id'])
  })

  test.each(['/api/venues?participant=3000000000', '/api/fleet/devices?venue=3000000000'])('%s', async (path) => {
    expect((await person.get(path)).status).toBe(400)
  })

  test('in a body', async () => {
    const code = await person.post('/api/fleet/codes', { accessPoint: 3_000_000_000, name: 'Киоск' })
    expect(told(code)).toEqual([400, 'invalid-request', ['accessPoint']])
  })
})

test('a word that grows under NFKC past what a text index takes is looked for all the same', async () => {
  const answer = await person.get(`/api/applications?search=${encodeURIComponent('\u3300'.repeat(200))}`)
  expect(answer.body).toEqual({ rows: [], total: 0 })
})

test.each(['constructor', '__proto__', 'toString'])('/docs/%s is no file', async (name) => {
  expect(told(await server.ask('GET', `/docs/${name}`))).toEqual([404, 'not-found', undefined])
})
