import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { AdmissionDecision } from '../../contract/kiosk/admission.ts'
import { referenceOf } from '../../contract/decide/reference.ts'
import { hexOf } from '../../contract/pass/pass.ts'
import { addRestriction, liftRestrictions } from '../deny-list/restrictions.store.ts'
import { newKeyPair } from '../keys/key-file.ts'
import { FLAG } from '../visits/visit.ts'
import { freshDatabase } from '../testing/database.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
})
afterAll(() => server.stop())

const HOUR = 3600
const now = (): number => Math.floor(Date.now() / 1000)
const newHandle = (): string => hexOf(crypto.getRandomValues(new Uint8Array(10)))
const restrict = (handle: string, from = new Date(), until = new Date(Date.now() + 60_000)): Promise<string> =>
  addRestriction(server.db.sql, { handle, kind: 'restricted', from, until, reason: 'test' })
const rows = (id: string) => server.db.sql.selectFrom('visits').selectAll().where('id', '=', id).execute()

describe('POST /v1/admissions', () => {
  test('lets a good pass in, once its visit is written', async () => {
    const handle = newHandle()
    const request = server.request(server.pass({ handle }))
    const answer = await server.admit(request)
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: { outcome: 'granted' } })
    const [row] = await rows(request.id)
    expect(row).toMatchObject({
      venue_id: server.door.entry.venue.id,
      access_point_id: server.door.entry.id,
      device_id: server.door.deviceId,
      pass_handle: Buffer.from(handle, 'hex'),
      presented_at: new Date(request.presentedAt),
      entered_at: new Date(request.presentedAt),
      left_at: null,
      outcome: 'granted',
      reason: null,
      reference: null,
      decided_by: 'server',
      resolved: null,
      flags: 0,
    })
  })

  const stranger = newKeyPair().privateKey
  test.each([
    ['a pass under another’s signature', () => server.pass({}, { privateKey: stranger }), 'denied', 'invalid', false],
    ['a pass of a key nobody knows', () => server.pass({}, { keyId: 200 }), 'denied', 'invalid', false],
    ['an expired pass', () => server.pass({ expiresAt: now() - HOUR }), 'check', 'expired', true],
    // a static key's passes are bound to no venue
    ['a static pass with a venue in it', () => server.pass({ audience: 'K7' }), 'denied', 'invalid', false],
  ])('%s is not let in, and can be asked about', async (_name, pass, outcome, reason, read) => {
    const request = server.request(pass())
    const answer = await server.admit(request)
    expect(answer.body).toEqual({ outcome, reason, reference: referenceOf(request.id) })
    const [row] = await rows(request.id)
    expect(row).toMatchObject({ outcome, reason, reference: referenceOf(request.id), entered_at: null })
    expect(row?.pass_handle !== null).toBe(read)
  })

  test('what is no pass at all is the sender’s mistake and no record', async () => {
    for (const credential of ['HELLO', 'https://example.org/v/K7#1', 'QP1:' + 'A'.repeat(144), ' ' + server.pass()]) {
      const request = server.request(credential)
      const answer = await server.admit(request)
      expect(answer.status).toBe(400)
      expect(answer.body).toMatchObject({ code: 'unreadable-credential', errors: [{ field: 'credential' }] })
      expect(await rows(request.id)).toEqual([])
    }
  })

  test('another venue’s access point is refused', async () => {
    const other = await server.addDoor()
    for (const accessPoint of [other.entry.id, 999_999]) {
      const answer = await server.admit({ ...server.request(server.pass()), accessPoint })
      expect(answer.status).toBe(403)
      expect(answer.body).toMatchObject({ code: 'other-access-point', errors: [{ field: 'accessPoint' }] })
    }
  })

  test('an exit writes when a person left, and no entry', async () => {
    const request = { ...server.request(server.pass()), accessPoint: server.door.exit.id }
    expect((await server.admit(request)).body).toEqual({ outcome: 'granted' })
    expect((await rows(request.id))[0]).toMatchObject({ entered_at: null, left_at: new Date(request.presentedAt) })
  })

  test('asked again, also with other facts, the first answer stands and there is one row', async () => {
    const handle = newHandle()
    const request = server.request(server.pass({ handle }))
    await server.admit(request)
    await restrict(handle)
    await until(async () => (await server.admit(server.request(request.credential))).text.includes('restricted'))
    for (const again of [
      request,
      { ...request, id: request.id.toUpperCase() },
      { ...request, accessPoint: server.door.exit.id },
    ]) {
      expect((await server.admit(again)).body).toEqual({ outcome: 'granted' })
    }
    expect(await rows(request.id)).toHaveLength(1)
    // and the other way round
    const denied = server.request(request.credential)
    const first = await server.admit(denied)
    expect(first.body).toMatchObject({ outcome: 'denied', reason: 'restricted' })
    await liftRestrictions(server.db.sql, handle)
    await until(async () => (await server.admit(server.request(request.credential))).text.includes('granted'))
    expect((await server.admit(denied)).body).toEqual(first.body)
  })

  test('asked several times at once there is one answer and one row', async () => {
    const requests = Array.from({ length: 40 }, (_, at) =>
      server.request(server.pass(at % 4 === 0 ? { expiresAt: now() - HOUR } : {})),
    )
    const answers = await Promise.all(
      requests.flatMap((request) => [request, request, request]).map((one) => server.admit(one)),
    )
    requests.forEach(({ id }, at) => {
      const three = answers.slice(at * 3, at * 3 + 3).map(({ body }) => AdmissionDecision.parse(body))
      expect(new Set(three.map((body) => JSON.stringify(body))).size).toBe(1)
      expect(three[0]?.outcome).toBe(at % 4 === 0 ? 'check' : 'granted')
      expect(id).toBeDefined()
    })
    const ids = requests.map(({ id }) => id)
    const { length } = await server.db.sql.selectFrom('visits').select('id').where('id', 'in', ids).execute()
    expect(length).toBe(requests.length)
  })

  test('the same id at two venues is two admissions', async () => {
    const other = await server.addDoor()
    const request = server.request(server.pass())
    const there = { ...server.request(server.pass({ expiresAt: now() - HOUR }), other), id: request.id }
    const [here, elsewhere] = await Promise.all([server.admit(request), server.admit(there, other)])
    expect(here.body).toEqual({ outcome: 'granted' })
    expect(elsewhere.body).toMatchObject({ outcome: 'check' })
    expect(await rows(request.id)).toHaveLength(2)
  })

  test('a kiosk’s odd clock is noted and not believed', async () => {
    const apart = server.request(server.pass())
    const presentedAt = new Date(Date.now() - 10 * 60_000).toISOString()
    expect((await server.admit({ ...apart, presentedAt })).body).toEqual({ outcome: 'granted' })
    const [row] = await rows(apart.id)
    expect(row?.flags).toBe(FLAG.clockOdd)
    expect(row?.presented_at).toEqual(new Date(presentedAt))
    expect(Math.abs((row?.entered_at?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)

    for (const days of [40, -400, 3000]) {
      const id = idAt(Date.now() + days * 24 * 3600_000)
      const odd = { ...server.request(server.pass()), id }
      expect((await server.admit(odd)).body).toEqual({ outcome: 'granted' })
      expect((await server.admit(odd)).body).toEqual({ outcome: 'granted' })
      const stored = await rows(id)
      expect(stored.map(({ flags }) => flags)).toEqual([FLAG.clockOdd])
    }
  })

  test('a restriction begins, ends and is lifted', async () => {
    const handle = newHandle()
    const pass = server.pass({ handle })
    const outcome = async (): Promise<string> =>
      AdmissionDecision.parse((await server.admit(server.request(pass))).body).outcome
    await restrict(handle, new Date(Date.now() + 3600_000), new Date(Date.now() + 7200_000))
    expect(await outcome()).toBe('granted')
    await restrict(handle, new Date(Date.now() - 1000), new Date(Date.now() + 3000))
    await until(async () => (await outcome()) === 'denied')
    await until(async () => (await outcome()) === 'granted')
    await restrict(handle)
    await until(async () => (await outcome()) === 'denied')
    await liftRestrictions(server.db.sql, handle)
    await until(async () => (await outcome()) === 'granted')
  })
})

/** A UUIDv7 of that moment. */
function idAt(milliseconds: number): string {
  const time = Math.floor(milliseconds).toString(16).padStart(12, '0')
  const tail = hexOf(crypto.getRandomValues(new Uint8Array(10)))
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail.slice(6, 18)}`
}
