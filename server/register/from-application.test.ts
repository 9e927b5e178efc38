import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { approvedApplication } from '../testing/approved-application.ts'
import { findApplication } from '../applications/applications.store.ts'
import { freshDatabase } from '../testing/database.ts'
import { registration } from '../testing/registrations.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let operator: SignedIn
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  operator = await server.as([{ role: 'operator' }])
})
afterAll(() => server.stop())

test('an approved application becomes a Participant, and is registered from then on', async () => {
  const body = registration()
  const { id, version } = await approvedApplication(server.db.sql, body)
  const application = { id, version }
  const answer = await operator.post('/api/register/participants', { ...body, application })
  expect(answer.status).toBe(200)
  const { participant } = answer.body as { participant: number }
  const { body: view } = await operator.get(`/api/applications/${application.id}`)
  expect(JSON.stringify(view)).toContain('"registered"')
  const known = await findApplication(server.db.sql, application.id)
  expect(known?.state).toMatchObject({ kind: 'registered', participant, by: { name: operator.person.name } })
})

test('of two that register it at once one wins, and nothing of the other is left', async () => {
  const body = registration()
  const { id, version } = await approvedApplication(server.db.sql, body)
  const application = { id, version }
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => operator.post('/api/register/participants', { ...body, application })),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'moved-on' })
  const venues = (await operator.get(`/api/venues?search=${body.organisation.inn}`)).body as { total: number }
  expect(venues.total).toBe(1)
})

test('an application that changed meanwhile, or that nobody knows, is not registered', async () => {
  const body = registration()
  const { id, version } = await approvedApplication(server.db.sql, body)
  for (const [application, status] of [
    [{ id, version: version + 1 }, 409],
    [{ id: 999_999, version: 1 }, 404],
  ] as const) {
    expect((await operator.post('/api/register/participants', { ...body, application })).status).toBe(status)
  }
  expect((await operator.get(`/api/register/participants?search=${body.organisation.inn}`)).body).toMatchObject({
    total: 0,
  })
})
