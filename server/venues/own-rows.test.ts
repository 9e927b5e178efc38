/** Whose rows somebody sees and changes: every endpoint of the register and the cabinet, asked by those it is not for. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { DEFAULT_POLICY } from '../../contract/office/policy.ts'
import { freshDatabase } from '../testing/database.ts'
import { registeredVenue, registration } from '../testing/registrations.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let who: Record<string, SignedIn> = {}
let mine = { participant: 0, venue: 0, poster: '', point: 0 }
let theirs = mine

beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  const operator = await server.as([{ role: 'operator' }])
  const made = async (): Promise<typeof mine> => {
    const { participant, id: venue, poster } = await registeredVenue(server.db.sql)
    const page = (await operator.get(`/api/venues/${venue}`)).body as { accessPoints: { id: number }[] }
    return { participant, venue, poster, point: page.accessPoints[0]?.id ?? 0 }
  }
  mine = await made()
  theirs = await made()
  who = {
    operator,
    owner: await server.as([{ role: 'owner', participantId: mine.participant }]),
    staff: await server.as([{ role: 'staff', participantId: mine.participant }]),
    trade: await server.as([{ role: 'coordinator', branch: 'trade' }]),
    culture: await server.as([{ role: 'coordinator', branch: 'culture' }]),
    health: await server.as([{ role: 'health' }]),
    auditor: await server.as([{ role: 'auditor' }]),
  }
})
afterAll(() => server.stop())

const as = (name: string): SignedIn => {
  const person = who[name]
  if (!person) throw new Error(`nobody is ${name}`)
  return person
}

type Of = typeof mine
type Ask = (person: SignedIn, of: Of) => Promise<{ status: number }>
const READ: Readonly<Record<string, Ask>> = {
  venue: (person, { venue }) => person.get(`/api/venues/${venue}`),
  policy: (person, { venue }) => person.get(`/api/venues/${venue}/policy`),
  poster: (person, { venue }) => person.get(`/api/venues/${venue}/poster?size=a4`),
  numbers: (person, { venue }) => person.get(`/api/venues/${venue}/numbers`),
  participant: (person, { participant }) => person.get(`/api/register/participants/${participant}`),
}
const versionOf = async (venue: number): Promise<number> =>
  ((await as('operator').get(`/api/venues/${venue}`)).body as { version: number }).version
const CHANGE: Readonly<Record<string, Ask>> = {
  setPolicy: async (person, { venue }) =>
    person.post(`/api/venues/${venue}/policy`, { ...DEFAULT_POLICY, version: await versionOf(venue) }),
  addAccessPoint: (person, { venue }) =>
    person.post(`/api/venues/${venue}/access-points`, { name: `Вход ${Math.random()}`, direction: 'entry' }),
  renameAccessPoint: (person, { point }) => person.post(`/api/access-points/${point}/rename`, { name: 'Вход главный' }),
  mailPoster: (person, { venue }) => person.post(`/api/venues/${venue}/poster/mail`),
  colleagues: (person, { participant }) => person.get(`/api/register/participants/${participant}/people`),
  inviteColleague: (person, { participant }) =>
    person.post(`/api/register/participants/${participant}/people`, {
      email: `${Math.random()}@uyut.example.org`,
      name: 'Петров Иван',
      role: 'staff',
    }),
}
const OPERATOR_ONLY: Readonly<Record<string, Ask>> = {
  changeVenue: async (person, { venue }) =>
    person.post(`/api/venues/${venue}`, {
      name: 'Кафе',
      kind: 'cafe',
      address: 'ул. Мира, 5',
      municipality: '',
      version: await versionOf(venue),
    }),
  suspendVenue: (person, { venue }) => person.post(`/api/venues/${venue}/suspend`, { reason: 'проверка' }),
  resumeVenue: (person, { venue }) => person.post(`/api/venues/${venue}/resume`),
  participants: (person) => person.get('/api/register/participants'),
  register: (person) => person.post('/api/register/participants', registration()),
}
const statuses = async (asks: Readonly<Record<string, Ask>>, name: string, of: Of) =>
  Object.fromEntries(
    await Promise.all(Object.entries(asks).map(async ([key, ask]) => [key, (await ask(as(name), of)).status] as const)),
  ) as Record<string, number>
const all = (asks: Readonly<Record<string, Ask>>, status: number): Record<string, number> =>
  Object.fromEntries(Object.keys(asks).map((key) => [key, status]))

describe('row by row', () => {
  test('an owner reads and changes what is theirs, and what is another’s is not there', async () => {
    expect(await statuses(READ, 'owner', mine)).toEqual(all(READ, 200))
    expect(await statuses(CHANGE, 'owner', mine)).toEqual(all(CHANGE, 200))
    expect(await statuses(READ, 'owner', theirs)).toEqual(all(READ, 404))
    expect(await statuses(CHANGE, 'owner', theirs)).toEqual(all(CHANGE, 404))
    expect(await statuses(OPERATOR_ONLY, 'owner', mine)).toEqual(all(OPERATOR_ONLY, 403))
  })

  test('staff see and do not change', async () => {
    expect(await statuses(READ, 'staff', mine)).toEqual(all(READ, 200))
    expect(await statuses(CHANGE, 'staff', mine)).toEqual(all(CHANGE, 403))
    expect(await statuses(READ, 'staff', theirs)).toEqual(all(READ, 404))
    expect(await statuses(OPERATOR_ONLY, 'staff', mine)).toEqual(all(OPERATOR_ONLY, 403))
  })

  test('a Coordinator reads its own branch, and settles nothing', async () => {
    expect((await READ['venue']?.(as('trade'), mine))?.status).toBe(200)
    expect((await READ['venue']?.(as('culture'), mine))?.status).toBe(404)
    for (const name of ['trade', 'culture']) {
      expect(await statuses(CHANGE, name, mine)).toEqual(all(CHANGE, 403))
      expect(await statuses(OPERATOR_ONLY, name, mine)).toEqual(all(OPERATOR_ONLY, 403))
    }
  })

  test('the Operator does all of it', async () => {
    for (const asks of [READ, CHANGE]) expect(await statuses(asks, 'operator', theirs)).toEqual(all(asks, 200))
  })

  test('tables hold a person’s rows only', async () => {
    const count = async (name: string): Promise<number> =>
      ((await as(name).get('/api/venues')).body as { total: number }).total
    const everything = await count('operator')
    expect(everything).toBeGreaterThan(2)
    expect([await count('owner'), await count('staff'), await count('culture')]).toEqual([1, 1, 0])
    expect([await count('health'), await count('auditor')]).toEqual([everything, everything])
    // no filter widens it
    const asked = await as('owner').get(`/api/venues?participant=${theirs.participant}`)
    expect(asked.body).toEqual({ rows: [], total: 0 })
    const today = (await as('owner').get('/api/cabinet/numbers')).body as { venues: { id: number }[] }
    expect(today.venues.map(({ id }) => id)).toEqual([mine.venue])
  })

  test('without a session nothing but a poster’s code is answered', async () => {
    for (const path of ['/api/venues', `/api/venues/${mine.venue}`, '/api/cabinet/numbers'])
      expect((await server.ask('GET', path)).status).toBe(401)
    expect((await server.ask('GET', `/api/venues/by-code/${mine.poster}`)).status).toBe(200)
  })
})

describe('colleagues', () => {
  test('are invited and removed by the owner; staff who are removed see nothing any more', async () => {
    const owner = as('owner')
    const path = `/api/register/participants/${mine.participant}/people`
    const staff = await server.as([{ role: 'staff', participantId: mine.participant }])
    expect((await READ['venue']?.(staff, mine))?.status).toBe(200)
    expect((await owner.post(`${path}/${staff.person.accountId}/remove`)).status).toBe(200)
    expect((await READ['venue']?.(staff, mine))?.status).toBe(403)
    expect((await owner.post(`${path}/${staff.person.accountId}/remove`)).status).toBe(404)
    // an owner makes and removes no owners
    const person = { email: 'second@uyut.example.org', name: 'Второй Владелец' }
    expect((await owner.post(path, { ...person, role: 'owner' })).status).toBe(403)
    expect((await owner.post(`${path}/${owner.person.accountId}/remove`)).status).toBe(404)
    expect((await as('operator').post(path, { ...person, role: 'owner' })).status).toBe(200)
    // nor those of another Participant, under their own path
    const other = await server.as([{ role: 'staff', participantId: theirs.participant }])
    expect((await owner.post(`${path}/${other.person.accountId}/remove`)).status).toBe(404)
    expect((await READ['venue']?.(other, theirs))?.status).toBe(200)
  })
})
