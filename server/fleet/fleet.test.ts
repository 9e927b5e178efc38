/** The fleet over HTTP: who sees and does what, by status; heartbeats. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { z } from 'zod'
import { HeartbeatReply, type Heartbeat } from '../../contract/kiosk/devices.ts'
import { readEnrolment, spelledCode, spelledFingerprint } from '../../contract/kiosk/enrolment.ts'
import { fleetApi, MadeCode } from '../../contract/office/fleet.ts'
import { Problem } from '../../contract/http/problem.ts'
import { thumbprint } from '../keys/key-file.ts'
import { freshDatabase } from '../testing/database.ts'
import { enrolDevice, newIdentity, workingDevice, type WorkingDevice } from '../testing/devices.ts'
import { someHeartbeat } from '../testing/heartbeat.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import type { Answer } from '../testing/ask.ts'
import { testServer, until, type Door, type TestServer } from '../testing/test-server.ts'
import { joinParticipant } from '../register/register.store.ts'
import { addDevice } from '../devices/devices.store.ts'
import { dropOldReports, markSilent } from './heartbeats.store.ts'

let server: TestServer
let own: Door
let operator: SignedIn
let owner: SignedIn
let staff: SignedIn
let auditor: SignedIn
let stranger: SignedIn

beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  const { pool } = server.db
  const participant = async (inn: string): Promise<number> =>
    (
      await joinParticipant(server.db.sql, {
        inn,
        organisation: 'Музей',
        address: 'Ставрополь',
        email: `${inn}@people.test`,
      })
    ).id
  const [mine, another] = [await participant('2634045770'), await participant('2636008993')]
  own = await server.addDoor()
  await pool.query('update venues set participant_id = $1 where id = $2', [mine, own.entry.venue.id])
  operator = await server.as([{ role: 'operator' }])
  owner = await server.as([{ role: 'owner', participantId: mine }])
  staff = await server.as([{ role: 'staff', participantId: mine }])
  auditor = await server.as([{ role: 'auditor' }])
  stranger = await server.as([{ role: 'owner', participantId: another }])
})
afterAll(() => server.stop())

const told = (answer: Answer): string => `${answer.status} ${Problem.safeParse(answer.body).data?.code ?? 'ok'}`
const beat = (device: Pick<WorkingDevice, 'token'>, change: Partial<Heartbeat> = {}): Promise<Answer> =>
  server.ask('POST', '/v1/heartbeat', { token: device.token, body: JSON.stringify(someHeartbeat(new Date(), change)) })
const page = async (who: SignedIn, query = ''): Promise<z.output<typeof fleetApi.fleetDevices.reply>> =>
  fleetApi.fleetDevices.reply.parse((await who.get(`/api/fleet/devices${query}`)).body)
const details = async (id: number): Promise<z.output<typeof fleetApi.fleetDevice.reply>> =>
  fleetApi.fleetDevice.reply.parse((await operator.get(`/api/fleet/devices/${id}`)).body)
const working = async (door = server.door): Promise<WorkingDevice> => {
  const device = await workingDevice(server.db.sql, server.keys, door.entry.id)
  await until(async () => (await beat(device)).status === 200)
  return device
}
const pending = async (door = server.door): Promise<number> =>
  (
    await addDevice(server.db.sql, {
      accessPointId: door.entry.id,
      name: 'Новый',
      publicKey: newIdentity().publicKey,
      approved: false,
    })
  ).id
const audited = async (action: string, id: number): Promise<number> => {
  const { rows } = await server.db.pool.query('select from audit_log where action = $1 and object_id = $2', [
    action,
    String(id),
  ])
  return rows.length
}

describe('who sees what', () => {
  test('the Operator and the auditor all, a Participant and its staff their own, others nothing', async () => {
    const all = await page(operator)
    expect(all.total).toBeGreaterThanOrEqual(2)
    expect((await page(auditor)).total).toBe(all.total)
    for (const who of [owner, staff]) expect((await page(who)).rows.map(({ id }) => id)).toEqual([own.deviceId])
    expect((await page(stranger)).rows).toEqual([])
    const coordinator = await server.as([{ role: 'coordinator', branch: 'sport' }])
    expect(told(await coordinator.get('/api/fleet/devices'))).toBe('403 forbidden')
    expect(told(await server.ask('GET', '/api/fleet/devices'))).toBe('401 unauthenticated')
  })

  test('of one device likewise: another’s is as if it were not there', async () => {
    expect((await owner.get(`/api/fleet/devices/${own.deviceId}`)).status).toBe(200)
    for (const [who, id] of [
      [owner, server.door.deviceId],
      [stranger, own.deviceId],
      [operator, 999_999],
    ] as const)
      expect(told(await who.get(`/api/fleet/devices/${id}`))).toBe('404 not-found')
    expect(told(await operator.get('/api/fleet/devices/x'))).toBe('400 invalid-request')
  })

  test('of places likewise', async () => {
    const places = async (who: SignedIn) =>
      fleetApi.fleetPlaces.reply.parse((await who.get('/api/fleet/places')).body).places
    expect((await places(owner)).map(({ accessPoint }) => accessPoint).toSorted()).toEqual(
      [own.entry.id, own.exit.id].toSorted(),
    )
    expect((await places(operator)).length).toBeGreaterThan(2)
    expect(await places(stranger)).toEqual([])
    expect(told(await staff.get('/api/fleet/places'))).toBe('403 forbidden')
  })
})

describe('a code', () => {
  const make = (who: SignedIn, accessPoint: number, name = 'Касса 1'): Promise<Answer> =>
    who.post('/api/fleet/codes', { accessPoint, name })

  test('of the Operator lets a device begin at once; a Participant’s waits; the QR code says both server and root', async () => {
    const made = MadeCode.parse((await make(operator, server.door.entry.id)).body)
    const enrolment = readEnrolment(made.text)
    expect(enrolment).toEqual({ server: server.url, code: enrolment?.code, root: thumbprint(server.rootKey) })
    expect(made.code).toBe(spelledCode(enrolment?.code ?? ''))
    expect(made.rootFingerprint).toBe(spelledFingerprint(thumbprint(server.rootKey)))
    expect(made.qr.path.length).toBeGreaterThan(1000)
    expect((await enrolDevice(server.url, made.text)).state).toBe('active')
    const waits = MadeCode.parse((await make(owner, own.entry.id)).body)
    expect(waits.approved).toBe(false)
    const device = await enrolDevice(server.url, waits.code)
    expect(device.state).toBe('pending')
    expect((await details(device.device)).device.name).toBe('Касса 1')
    expect(await audited('device.code', made.id)).toBe(1)
    expect(await audited('device.enrol', device.device)).toBe(1)
  })

  test('is not to be had for another’s access point, nor by staff', async () => {
    expect(told(await make(owner, server.door.entry.id))).toBe('404 not-found')
    expect(told(await make(staff, own.entry.id))).toBe('403 forbidden')
    expect(told(await make(operator, 999_999))).toBe('404 not-found')
    for (const name of ['', ' ', 'x'.repeat(101), 'a\u0000b'])
      expect(told(await make(operator, server.door.entry.id, name))).toBe('400 invalid-request')
  })

  test('that is taken back lets nobody in, and can be taken back once, by whose it is', async () => {
    const made = MadeCode.parse((await make(owner, own.entry.id)).body)
    const open = fleetApi.enrolmentCodes.reply.parse((await owner.get('/api/fleet/codes')).body)
    expect(open.codes.map(({ id }) => id)).toContain(made.id)
    expect(JSON.stringify(open)).not.toContain(made.code)
    expect(fleetApi.enrolmentCodes.reply.parse((await stranger.get('/api/fleet/codes')).body).codes).toEqual([])
    const back = `/api/fleet/codes/${made.id}/cancel`
    expect(told(await stranger.post(back))).toBe('404 not-found')
    expect(told(await owner.post(back))).toBe('200 ok')
    expect(told(await owner.post(back))).toBe('404 not-found')
    await expect(enrolDevice(server.url, made.code)).rejects.toThrow('403 enrolment-refused')
    expect(await audited('device.code-cancel', made.id)).toBe(1)
  })
})

describe('what may be done to a device', () => {
  const ACTIONS = { approve: {}, revoke: { reason: 'сломан' }, rename: { name: 'Другой' }, rotate: {} } as const
  const act = (who: SignedIn, id: number, action: keyof typeof ACTIONS): Promise<Answer> =>
    who.post(`/api/fleet/devices/${id}/${action}`, ACTIONS[action])

  const legal: Readonly<Record<'pending' | 'active' | 'revoked', readonly (keyof typeof ACTIONS)[]>> = {
    pending: ['approve', 'revoke', 'rename'],
    active: ['revoke', 'rename', 'rotate'],
    revoked: [],
  }
  test.each(
    (['pending', 'active', 'revoked'] as const).flatMap((state) =>
      (Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]).map((action) => [state, action] as const),
    ),
  )('%s: %s', async (state, action) => {
    const id = state === 'pending' ? await pending() : (await working()).id
    if (state === 'revoked') expect(told(await act(operator, id, 'revoke'))).toBe('200 ok')
    const may = legal[state].includes(action)
    const earlier = await audited(`device.${action}`, id)
    expect(told(await act(operator, id, action))).toBe(may ? '200 ok' : '409 conflict')
    expect(await audited(`device.${action}`, id)).toBe(earlier + (may ? 1 : 0))
  })

  test('by a Participant: its own, but not approve it', async () => {
    const id = await pending(own)
    expect(told(await act(owner, id, 'approve'))).toBe('403 forbidden')
    expect(told(await act(owner, id, 'rename'))).toBe('200 ok')
    expect((await details(id)).device.name).toBe('Другой')
    for (const action of ['revoke', 'rename', 'rotate'] as const) {
      expect(told(await act(stranger, id, action))).toBe('404 not-found')
      expect(told(await act(staff, id, action))).toBe('403 forbidden')
      expect(told(await act(auditor, id, action))).toBe('403 forbidden')
    }
    expect(told(await act(owner, id, 'revoke'))).toBe('200 ok')
    expect((await details(id)).revoked?.reason).toBe('сломан')
  })

  test('at once by two Operators: one of them does it', async () => {
    const id = await pending()
    const answers = await Promise.all([
      act(operator, id, 'approve'),
      act(operator, id, 'approve'),
      act(operator, id, 'approve'),
    ])
    expect(answers.map(told).toSorted()).toEqual(['200 ok', '409 conflict', '409 conflict'])
  })

  test('asked for another key it is told so until it has made one', async () => {
    const device = await working()
    expect(HeartbeatReply.parse((await beat(device)).body)).toEqual({ rotateKey: false, nextIn: 60 })
    await act(operator, device.id, 'rotate')
    await until(async () => HeartbeatReply.parse((await beat(device)).body).rotateKey)
    expect((await details(device.id)).rotationAsked).toBe(true)
    const { publicKey, kid } = newIdentity()
    await server.db.sql
      .updateTable('devices')
      .set({ public_key: Buffer.from(publicKey, 'base64url'), kid, key_made_at: new Date(Date.now() + 1000) })
      .where('id', '=', device.id)
      .execute()
    expect((await details(device.id)).rotationAsked).toBe(false)
  })
})

describe('heartbeats', () => {
  test('say how a terminal is; what is wrong comes first in the list and can be asked for', async () => {
    const device = await working()
    const oldest = new Date(Date.now() - 2 * 3600_000).toISOString()
    await beat(device, { queue: { waiting: 3, dead: 0, fill: 0.1, last: 40, oldest } })
    const found = await page(operator, '?alarm=unsent-old')
    expect(found.rows.map(({ id, alarms }) => [id, alarms])).toEqual([[device.id, ['unsent-old']]])
    expect(found.rows[0]?.report?.queue.waiting).toBe(3)
    const summary = fleetApi.fleetSummary.reply.parse((await operator.get('/api/fleet/summary')).body)
    expect(summary.alarms).toContainEqual({ key: 'unsent-old', count: 1 })
    const order = (await page(operator)).rows.map(({ id, state, alarms }) =>
      state === 'pending' ? 3 : state === 'revoked' ? -1 : id === device.id ? 2 : alarms.length === 0 ? 0 : 1,
    )
    expect(order).toEqual(order.toSorted((one, other) => other - one))
    await beat(device)
    expect((await page(operator, '?alarm=unsent-old')).total).toBe(0)
    // well, wrong, well: three reports, and no more for saying the same again
    await beat(device)
    expect((await details(device.id)).reports.map(({ alarms }) => alarms)).toEqual([[], ['unsent-old'], []])
  })

  test('that stop are an alarm after five minutes, and none once they come again; old reports go', async () => {
    const device = await working()
    const silentAt = new Date(Date.now() + 6 * 60_000)
    expect(await markSilent(server.db.sql, silentAt)).toBeGreaterThan(0)
    expect(await markSilent(server.db.sql, silentAt)).toBe(0)
    expect((await details(device.id)).device.alarms).toEqual(['offline'])
    await beat(device)
    expect((await details(device.id)).device.alarms).toEqual([])
    await dropOldReports(server.db.sql, new Date(Date.now() + 4 * 86_400_000))
    expect((await details(device.id)).reports).toEqual([])
  })

  test('of devices that are struck off, or of another shape, are refused', async () => {
    const device = await working()
    expect(told(await server.ask('POST', '/v1/heartbeat', { token: device.token, body: '{}' }))).toBe(
      '400 invalid-request',
    )
    for (const name of ['a\u0000b', '\ud800'])
      expect(told(await beat(device, { readers: [{ kind: 'hid', name, live: true }] }))).toBe('400 invalid-request')
    await operator.post(`/api/fleet/devices/${device.id}/revoke`, { reason: 'украден' })
    await until(async () => told(await beat(device)) === '403 device-revoked')
  })
})
