/** Keys are published 14 days before their first use, so that no kiosk meets one it has never heard of. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { KeySet } from '../../contract/kiosk/keys.ts'
import { ensureKeySet } from '../keys/key-set.ts'
import { newSigningKey } from '../passes/pass-signing.io.ts'
import { freshDatabase } from '../testing/database.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'

const HOUR = 3_600_000
let now = Date.now()
let server: TestServer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')), { clock: () => new Date(now) })
})
afterAll(() => server.stop())

test('a key published ahead is in the key set at once, and signs nothing before its time', async () => {
  const notBefore = new Date(now + HOUR)
  const key = await newSigningKey(server.db.sql, server.keys, 'static', notBefore)
  await ensureKeySet(server.db.sql, server.keys)
  const published = (): Promise<KeySet> => server.document('/v1/keys', KeySet, 'keys')
  await until(async () => (await published()).keys.some(({ keyId }) => keyId === key.keyId))
  const found = (await published()).keys.find(({ keyId }) => keyId === key.keyId)
  expect(found).toMatchObject({ notBefore: notBefore.toISOString(), revoked: false })

  const ask = async (): Promise<unknown> => (await server.admit(server.request(server.pass({}, key)))).body
  expect(await ask()).toMatchObject({ outcome: 'denied', reason: 'invalid' })
  now = notBefore.getTime() - 1
  expect(await ask()).toMatchObject({ outcome: 'denied', reason: 'invalid' })
  now = notBefore.getTime()
  expect(await ask()).toEqual({ outcome: 'granted' })
  // the old one goes on: its passes are in people's pockets
  expect((await server.admit(server.request(server.pass()))).body).toEqual({ outcome: 'granted' })
})
