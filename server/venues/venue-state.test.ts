import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { DeviceConfig } from '../../contract/kiosk/device-config.ts'
import type { VenueState } from '../../contract/office/venue.ts'
import { freshDatabase } from '../testing/database.ts'
import { registeredVenue, type RegisteredVenue } from '../testing/registrations.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import { testServer, until, type Door, type TestServer } from '../testing/test-server.ts'
import { stateAfter, VENUE_ACTIONS, type VenueAction } from './venue-state.ts'

let server: TestServer
let operator: SignedIn
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  operator = await server.as([{ role: 'operator' }])
})
afterAll(() => server.stop())

const registered = (): Promise<RegisteredVenue> => registeredVenue(server.db.sql)
const reason = { reason: 'по предписанию' }
const details = { name: 'Кафе', kind: 'cafe', address: 'г. Ставрополь, ул. Мира, 5', municipality: '' }

const versionOf = async (id: number): Promise<number> =>
  ((await operator.get(`/api/venues/${id}`)).body as { version: number }).version

const act: Readonly<Record<VenueAction, (venue: RegisteredVenue) => Promise<{ status: number }>>> = {
  suspend: ({ id }) => operator.post(`/api/venues/${id}/suspend`, reason),
  resume: ({ id }) => operator.post(`/api/venues/${id}/resume`),
  close: ({ id }) => operator.post(`/api/venues/${id}/close`, reason),
  reissue: ({ id, poster }) => operator.post(`/api/venues/${id}/reissue`, { current: poster }),
  change: async ({ id }) => operator.post(`/api/venues/${id}`, { ...details, version: await versionOf(id) }),
}
const into: Readonly<Record<VenueState, (venue: RegisteredVenue) => Promise<unknown>>> = {
  active: () => Promise.resolve(),
  suspended: act.suspend,
  closed: act.close,
}
const stateOf = async ({ id }: RegisteredVenue): Promise<unknown> => {
  const { body } = await operator.get(`/api/venues/${id}`)
  return (body as { state: unknown }).state
}

/** What must happen, written down once more by hand. */
const LEGAL: Readonly<Record<VenueState, Readonly<Partial<Record<VenueAction, VenueState>>>>> = {
  active: { suspend: 'suspended', close: 'closed', reissue: 'active', change: 'active' },
  suspended: { resume: 'active', close: 'closed', reissue: 'suspended', change: 'suspended' },
  closed: {},
}

describe('a venue', () => {
  test.each(
    (['active', 'suspended', 'closed'] as const).flatMap((state) =>
      VENUE_ACTIONS.map((action) => [state, action] as const),
    ),
  )('%s: %s', async (state, action) => {
    expect(stateAfter(state, action)).toBe(LEGAL[state][action])
    const venue = await registered()
    await into[state](venue)
    const answer = await act[action](venue)
    expect(answer.status).toBe(LEGAL[state][action] === undefined ? 409 : 200)
    expect(await stateOf(venue)).toBe(LEGAL[state][action] ?? state)
  })

  test.each(['/access-points', '/policy', '/poster/mail'])('closed: nothing at %s either', async (path) => {
    const venue = await registered()
    await act.close(venue)
    const policy = (await operator.get(`/api/venues/${venue.id}/policy`)).body
    const body = path === '/policy' ? policy : path === '/access-points' ? { name: 'Вход', direction: 'entry' } : {}
    expect((await operator.post(`/api/venues/${venue.id}${path}`, body)).status).toBe(409)
  })

  test.each(['/policy', ''])('nothing of what somebody else changed meanwhile is written over at %s', async (path) => {
    const venue = await registered()
    const owner = path === '' ? operator : await server.as([{ role: 'owner', participantId: venue.participant }])
    const at = `/api/venues/${venue.id}${path}`
    const seen = path === '' ? { ...details, version: await versionOf(venue.id) } : (await owner.get(at)).body
    const both = await Promise.all([operator.post(at, seen), owner.post(at, seen)])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'moved-on',
      conflict: { state: 'active' },
    })
    expect((await owner.post(at, { ...(seen as object), version: await versionOf(venue.id) })).status).toBe(200)
  })

  test('is suspended by one of two at once', async () => {
    const venue = await registered()
    const answers = await Promise.all(Array.from({ length: 4 }, () => act.suspend(venue)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409])
  })

  test('is suspended only for a reason, which its page tells', async () => {
    const venue = await registered()
    for (const none of [{}, { reason: '' }, { reason: ' ' }]) {
      expect((await operator.post(`/api/venues/${venue.id}/suspend`, none)).status).toBe(400)
    }
    await act.suspend(venue)
    expect((await operator.get(`/api/venues/${venue.id}`)).body).toMatchObject({ stateReason: reason.reason })
  })
})

describe('access points', () => {
  test('are added, renamed and retired; a name is taken while it is used', async () => {
    const { id } = await registered()
    const add = (name: string) => operator.post(`/api/venues/${id}/access-points`, { name, direction: 'entry' })
    const { status, body } = await add('Служебный вход')
    expect(status).toBe(200)
    expect(await add('Служебный вход')).toMatchObject({
      status: 409,
      body: { code: 'conflict', errors: [{ field: 'name' }] },
    })
    const point = (body as { id: number }).id
    expect((await operator.post(`/api/access-points/${point}/rename`, { name: 'Вход 1' })).status).toBe(409)
    expect((await operator.post(`/api/access-points/${point}/rename`, { name: 'Вход 3' })).status).toBe(200)
    expect((await operator.post(`/api/access-points/${point}/retire`)).status).toBe(200)
    expect((await operator.post(`/api/access-points/${point}/retire`)).status).toBe(409)
    expect((await operator.post(`/api/access-points/${point}/rename`, { name: 'Вход 4' })).status).toBe(409)
    expect((await add('Вход 3')).status).toBe(200)
    expect((await operator.post('/api/access-points/999999/retire')).status).toBe(404)
  })
})

describe('the door follows', () => {
  const atDoor = async (): Promise<{ door: Door; venue: RegisteredVenue }> => {
    const door = await server.addDoor()
    const { participant } = await registered()
    const { id } = door.entry.venue
    const row = server.db.sql.updateTable('venues').set({ participant_id: participant }).where('id', '=', id)
    const { poster } = await row.returning('poster').executeTakeFirstOrThrow()
    return { door, venue: { participant, id, poster: poster ?? '' } }
  }
  const config = (door: Door) => server.document('/v1/config', DeviceConfig, 'config', { token: door.token })
  const outcome = async (door: Door, pass = server.pass()): Promise<unknown> =>
    (await server.admit(server.request(pass, door), door)).body

  test('a suspension and its end, in the signed configuration and in the server’s own answer', async () => {
    const { door, venue } = await atDoor()
    const before = await config(door)
    expect(before.rules.open).toBe(true)
    expect(await outcome(door)).toEqual({ outcome: 'granted' })
    await act.suspend(venue)
    await until(async () => !(await config(door)).rules.open)
    expect((await config(door)).version).toBeGreaterThan(before.version)
    expect(await outcome(door)).toMatchObject({ outcome: 'denied', reason: 'closed' })
    // who is inside may leave
    const leaving = { ...server.request(server.pass(), door), accessPoint: door.exit.id }
    expect((await server.admit(leaving, door)).body).toEqual({ outcome: 'granted' })
    await act.resume(venue)
    await until(async () => (await config(door)).rules.open)
    expect(await outcome(door)).toEqual({ outcome: 'granted' })
  })

  test('the policy, over the region’s rules', async () => {
    const { door, venue } = await atDoor()
    const owner = await server.as([{ role: 'owner', participantId: venue.participant }])
    const policy = (await owner.get(`/api/venues/${venue.id}/policy`)).body as object
    const changed = {
      ...policy,
      accepts: ['dynamic', 'phone'],
      passbackMinutes: 10,
      mode: 'desk',
      withoutList: 'closed',
    }
    expect((await owner.post(`/api/venues/${venue.id}/policy`, changed)).status).toBe(200)
    await until(async () => (await config(door)).mode === 'desk')
    expect((await config(door)).rules).toMatchObject({
      accepts: ['dynamic', 'phone'],
      passback: 600,
      withoutList: 'closed',
      listUsable: 72 * 3600,
    })
    expect(await outcome(door)).toMatchObject({ outcome: 'check', reason: 'not-accepted' })
    const hours = Array.from({ length: 7 }, () => null)
    const version = await versionOf(venue.id)
    const shut = { ...policy, hours, outsideHours: 'check', version }
    expect((await owner.post(`/api/venues/${venue.id}/policy`, shut)).status).toBe(200)
    await until(async () => JSON.stringify(await outcome(door)).includes('outside-hours'))
    for (const wrong of [
      { ...policy, accepts: [] },
      { ...policy, accepts: ['static', 'static'] },
      { ...policy, passbackMinutes: -1 },
      { ...policy, outsideHours: 'check' },
      { ...policy, more: 1 },
    ]) {
      expect((await owner.post(`/api/venues/${venue.id}/policy`, wrong)).status).toBe(400)
    }
  })

  test('a new name, and an access point that is not used any more', async () => {
    const { door, venue } = await atDoor()
    const { id } = door.entry
    await operator.post(`/api/access-points/${id}/rename`, { name: 'Главный вход' })
    await until(async () => (await config(door)).accessPoint.name === 'Главный вход')
    const version = await versionOf(venue.id)
    await operator.post(`/api/venues/${venue.id}`, { ...details, name: 'Музей изящных искусств', version })
    await until(async () => (await config(door)).venue.name === 'Музей изящных искусств')
    await operator.post(`/api/access-points/${id}/retire`)
    await until(async () => JSON.stringify(await outcome(door)).includes('closed'))
  })
})
