/** How devices prove who they are, and are shut out: over HTTP, on two server processes. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { SignJWT } from 'jose'
import { ASSERTION_TYPE, TokenReply } from '../../contract/kiosk/devices.ts'
import { Problem } from '../../contract/http/problem.ts'
import { newKeyPair } from '../keys/key-file.ts'
import { freshDatabase } from '../testing/database.ts'
import { enrolDevice, newIdentity, signAssertion, tokenMint, tokenRequest, workingDevice } from '../testing/devices.ts'
import type { Answer } from '../testing/ask.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'
import { makeCode } from './codes.store.ts'
import { revokeDevice } from './devices.store.ts'

let server: TestServer
/** another process on the same database */
let other: TestServer
let later = 0
beforeAll(async () => {
  const database = await freshDatabase(inject('postgresUrl'))
  server = await testServer(database, { clock: () => new Date(Date.now() + later) })
  other = await testServer(database)
})
afterAll(async () => {
  await server.stop()
  await other.stop()
})

const code = async (approved = true): Promise<string> => {
  const wish = { accessPointId: server.door.entry.id, name: 'Касса', approved, now: new Date() }
  return (await makeCode(server.db.sql, wish)).code
}
const asked = (path: string, value: unknown, at = server): Promise<Answer> =>
  at.ask('POST', path, { body: JSON.stringify(value) })
const told = (answer: Answer): string => `${answer.status} ${Problem.safeParse(answer.body).data?.code ?? 'ok'}`
const field = (answer: Answer): string | undefined => Problem.safeParse(answer.body).data?.errors?.[0]?.field
const config = (token: string, at = server): Promise<Answer> => at.ask('GET', '/v1/config', { token })

describe('an assertion', () => {
  const now = (): number => Math.floor(Date.now() / 1000)
  const token = (assertion: string, at = server): Promise<Answer> => asked('/v1/token', tokenRequest(assertion), at)
  const right = () => ({ sub: String(server.door.deviceId), aud: `${server.url}/v1/token` })

  test('is worth a token for ten minutes', async () => {
    const answer = await token(await signAssertion(server.door.identity, right()))
    const reply = TokenReply.parse(answer.body)
    expect(reply).toMatchObject({ token_type: 'Bearer', expires_in: 600 })
    expect((await config(reply.access_token)).status).toBe(200)
    expect((await config(reply.access_token, other)).status).toBe(200)
    later = 599_000
    expect((await config(reply.access_token)).status).toBe(200)
    later = 601_000
    expect(told(await config(reply.access_token))).toBe('401 unauthenticated')
    later = 0
  })

  test('is good once, on whichever server, also where both get it at once', async () => {
    const assertion = await signAssertion(server.door.identity, right())
    // the other server is known by another address; both are asked by the same one
    const both = await Promise.all([token(assertion), token(assertion), token(assertion)])
    expect(both.map(told).toSorted()).toEqual(['200 ok', '401 invalid-client', '401 invalid-client'])
    const again = await token(assertion)
    expect([told(again), field(again)]).toEqual(['401 invalid-client', 'jti'])
  })

  const wrong: readonly (readonly [string, string, () => Promise<string>])[] = [
    [
      'for another server',
      'aud',
      () => signAssertion(server.door.identity, { ...right(), aud: `${other.url}/v1/token` }),
    ],
    ['for another path', 'aud', () => signAssertion(server.door.identity, { ...right(), aud: server.url })],
    [
      'of a device that it is not',
      'sub',
      () => signAssertion(server.door.identity, { ...right(), sub: '1' + String(server.door.deviceId) }),
    ],
    ['of another issuer', 'iss', () => signAssertion(server.door.identity, { ...right(), iss: 'me' })],
    ['that is over', 'exp', () => signAssertion(server.door.identity, right(), { now: now() - 100 })],
    [
      'that lasts too long',
      'exp',
      () => signAssertion(server.door.identity, { ...right(), exp: now() + 61, iat: now() }),
    ],
    ['of the future', 'iat', () => signAssertion(server.door.identity, right(), { now: now() + 45 })],
    ['with a short jti', 'client_assertion', () => signAssertion(server.door.identity, { ...right(), jti: 'x' })],
    ['with more to say', 'client_assertion', () => signAssertion(server.door.identity, { ...right(), admin: true })],
    [
      'that asks for a key',
      'next',
      () => signAssertion(server.door.identity, { ...right(), next: newIdentity().publicKey }),
    ],
    ['of a key that nobody knows', 'kid', () => signAssertion(newIdentity(), right())],
    [
      'signed by another key',
      'client_assertion',
      () => signAssertion({ ...server.door.identity, privateKey: newKeyPair().privateKey }, right()),
    ],
    [
      'with a symmetric algorithm, under the public key',
      'alg',
      () =>
        new SignJWT({ ...right(), iss: right().sub, jti: 'x'.repeat(20), iat: now(), exp: now() + 30 })
          .setProtectedHeader({ alg: 'HS256', kid: server.door.identity.kid })
          .sign(Buffer.from(server.door.identity.publicKey, 'base64url')),
    ],
    [
      'without any algorithm',
      'alg',
      async () => {
        const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
        return `${part({ alg: 'none', kid: server.door.identity.kid })}.${part({ ...right(), iss: right().sub, jti: 'x'.repeat(20), iat: now(), exp: now() + 30 })}.AA`
      },
    ],
    [
      'that names its own key',
      'alg',
      () => signAssertion(server.door.identity, right(), { header: { jwk: { kty: 'OKP' } } }),
    ],
  ]
  test.each(wrong)('%s is refused', async (_what, at, make) => {
    const answer = await token(await make())
    expect([told(answer), field(answer)]).toEqual(['401 invalid-client', at])
    // whoever is told that its clock is off is told the time
    expect(Number(answer.headers['x-server-time'])).toBeGreaterThan(0)
  })

  test('by a clock that is 20 s off is taken all the same', async () => {
    for (const off of [-20, 20])
      expect(told(await token(await signAssertion(server.door.identity, right(), { now: now() + off })))).toBe('200 ok')
  })

  test('of a type that is not OAuth’s is no request', async () => {
    const answer = await asked('/v1/token', {
      grant_type: 'password',
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await signAssertion(server.door.identity, right()),
    })
    expect([told(answer), field(answer)]).toEqual(['400 invalid-request', 'grant_type'])
  })

  test('of a device that waits for approval gets no token, and one once it is approved', async () => {
    const device = await enrolDevice(server.url, await code(false))
    expect(device.state).toBe('pending')
    await expect(device.token()).rejects.toThrow('403 device-pending')
    await server.db.sql
      .updateTable('devices')
      .set({ approved_at: new Date() })
      .where('id', '=', device.device)
      .execute()
    await until(() =>
      device.token().then(
        () => true,
        () => false,
      ),
    )
  })

  test('of a device that another server process enrolled a moment ago is good at once', async () => {
    const device = await enrolDevice(other.url, await code())
    const assertion = await signAssertion(device, { sub: String(device.device), aud: `${server.url}/v1/token` })
    expect(told(await token(assertion))).toBe('200 ok')
  })
})

describe('an access token', () => {
  test('of a device that is struck off is worth nothing, at once, on every server process', async () => {
    const device = await enrolDevice(server.url, await code())
    const token = await device.token()
    await until(async () => (await config(token)).status === 200 && (await config(token, other)).status === 200)
    await revokeDevice(server.db.sql, device.device, 'test')
    await until(async () => told(await config(token)) === '403 device-revoked')
    await until(async () => told(await config(token, other)) === '403 device-revoked')
    await expect(device.token()).rejects.toThrow('403 device-revoked')
  })

  test('is none when it was forged, changed, or signed by a key that was revoked', async () => {
    const { token } = server.door
    const [head = '', body = '', signature = ''] = token.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
    const changed = Buffer.from(JSON.stringify({ ...claims, sub: '999999' })).toString('base64url')
    const noAlgorithm = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url')
    const forged = [`${head}.${changed}.${signature}`, `${noAlgorithm}.${body}.`, `${head}.${body}.${'A'.repeat(86)}`]
    for (const one of forged) expect(told(await config(one))).toBe('401 unauthenticated')

    const lonely = await testServer(await freshDatabase(inject('postgresUrl')))
    expect((await config(lonely.door.token, lonely)).status).toBe(200)
    await lonely.db.sql.updateTable('server_keys').set({ revoked_at: new Date() }).where('use', '=', 'token').execute()
    await until(async () => told(await config(lonely.door.token, lonely)) === '401 unauthenticated')
    const assertion = await signAssertion(lonely.door.identity, {
      sub: String(lonely.door.deviceId),
      aud: `${lonely.url}/v1/token`,
    })
    expect(told(await asked('/v1/token', tokenRequest(assertion), lonely))).toBe('503 unavailable')
    await lonely.stop()
  })

  test('of another database’s device is none here', async () => {
    const lonely = await testServer(await freshDatabase(inject('postgresUrl')))
    expect(told(await config(lonely.door.token))).toBe('401 unauthenticated')
    await lonely.stop()
  })
})

describe('another key', () => {
  const rotate = (assertion: string, token: string): Promise<Answer> =>
    server.ask('POST', '/v1/devices/key', { token, body: JSON.stringify({ assertion }) })

  test('takes the old one’s place: its tokens and assertions are worth nothing any more', async () => {
    const device = await workingDevice(server.db.sql, server.keys, server.door.entry.id)
    const claims = { sub: String(device.id), aud: `${server.url}/v1/token` }
    await until(async () => (await config(device.token)).status === 200)
    const next = newIdentity()
    const answer = await rotate(await signAssertion(device, { ...claims, next: next.publicKey }), device.token)
    const { access_token: token } = TokenReply.parse(answer.body)
    await until(async () => (await config(token)).status === 200)
    expect(told(await config(device.token))).toBe('401 unauthenticated')
    expect(told(await asked('/v1/token', tokenRequest(await signAssertion(device, claims))))).toBe('401 invalid-client')
    expect(told(await asked('/v1/token', tokenRequest(await signAssertion(next, claims))))).toBe('200 ok')
  })

  test('is not to be had with a stolen token, nor for another device', async () => {
    const device = await workingDevice(server.db.sql, server.keys, server.door.entry.id)
    await until(async () => (await config(device.token)).status === 200)
    const thief = newIdentity()
    const aud = `${server.url}/v1/token`
    const own = await signAssertion(thief, { sub: String(device.id), aud, next: thief.publicKey })
    expect(told(await rotate(own, device.token))).toBe('401 invalid-client')
    const ofTheDoor = await signAssertion(server.door.identity, {
      sub: String(server.door.deviceId),
      aud,
      next: thief.publicKey,
    })
    expect(told(await rotate(ofTheDoor, device.token))).toBe('401 invalid-client')
    const nothingNew = await signAssertion(device, { sub: String(device.id), aud })
    expect(told(await rotate(nothingNew, device.token))).toBe('401 invalid-client')
  })

  test('is none that another device has', async () => {
    const device = await workingDevice(server.db.sql, server.keys, server.door.entry.id)
    await until(async () => (await config(device.token)).status === 200)
    const claims = { sub: String(device.id), aud: `${server.url}/v1/token`, next: server.door.identity.publicKey }
    const answer = await rotate(await signAssertion(device, claims), device.token)
    expect(told(answer)).toBe('409 conflict')
    expect(answer.body).toMatchObject({ errors: [{ field: 'next' }] })
    expect((await config(device.token)).status).toBe(200)
  })

  test('two at once: one of them is the device’s', async () => {
    const device = await workingDevice(server.db.sql, server.keys, server.door.entry.id)
    await until(async () => (await config(device.token)).status === 200)
    const claims = { sub: String(device.id), aud: `${server.url}/v1/token` }
    const keys = [newIdentity(), newIdentity()]
    const answers = await Promise.all(
      keys.map(async ({ publicKey }) =>
        rotate(await signAssertion(device, { ...claims, next: publicKey }), device.token),
      ),
    )
    expect(answers.map(told).toSorted()).toEqual(['200 ok', '401 invalid-client'])
  })
})

test('a token is minted for tests by the same key that the server signs with', async () => {
  const mint = await tokenMint(server.db.sql, server.keys)
  const token = await mint({ id: server.door.deviceId, kid: server.door.identity.kid }, 60)
  expect((await config(token)).status).toBe(200)
})
