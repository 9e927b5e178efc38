import { request } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { Versions } from '../../contract/kiosk/api.ts'
import { ensureKeySet } from '../keys/key-set.ts'
import { freshDatabase } from '../testing/database.ts'
import { testServer, until, type Door, type TestServer } from '../testing/test-server.ts'
import { newSigningKey } from '../passes/pass-signing.io.ts'
import { setRules } from '../venues/rules.store.ts'
import { addRestriction } from '../deny-list/restrictions.store.ts'

let server: TestServer
const open: { close(): void }[] = []
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
})
afterEach(() => open.splice(0).forEach((one) => one.close()))
afterAll(() => server.stop())

interface Heard {
  readonly versions: Versions[]
  text: string
  ended: boolean
}

function listen(door: Door, at = server): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${door.token}` }
    const asked = request(`${at.url}/v1/stream`, { headers }, (answer) => {
      const heard: Heard = { versions: [], text: '', ended: false }
      answer.on('data', (chunk: Buffer) => {
        heard.text += chunk.toString()
        heard.versions.splice(0)
        for (const [, data = ''] of heard.text.matchAll(/event: versions\ndata: (.*)\n\n/g)) {
          heard.versions.push(Versions.parse(JSON.parse(data)))
        }
      })
      answer.on('end', () => (heard.ended = true))
      answer.on('error', () => (heard.ended = true))
      expect(answer.headers).toMatchObject({
        'content-type': 'text/event-stream',
        'x-server-time': expect.any(String) as string,
      })
      resolve(heard)
    })
    asked.on('error', reject)
    asked.end()
    open.push({ close: () => asked.destroy() })
  })
}
const restrict = (at = server): Promise<string> =>
  addRestriction(at.db.sql, {
    handle: crypto.randomUUID().replaceAll('-', '').slice(0, 20),
    kind: 'restricted',
    from: new Date(),
    until: new Date(Date.now() + 60_000),
    reason: 'test',
  })

test('says at once what is newest, then each change to those whom it concerns', async () => {
  const [here, elsewhere] = [server.door, await server.addDoor()]
  const [one, other] = [await listen(here), await listen(elsewhere)]
  await until(() => one.versions.length === 1 && other.versions.length === 1)
  const { denyList, config, keys } = Versions.parse(one.versions[0])
  await restrict()
  await until(() => one.versions.length === 2 && other.versions.length === 2)
  expect(one.versions[1]).toEqual({ config, keys, denyList: { ...denyList, version: denyList.version + 1 } })
  // a venue's own change is nobody else's news
  await server.db.sql.updateTable('venues').set({ name: 'Other' }).where('id', '=', here.entry.venue.id).execute()
  await until(() => one.versions.length === 3)
  expect(one.versions[2]?.config).toBeGreaterThan(config)
  await newSigningKey(server.db.sql, server.keys, 'static', new Date(Date.now() + 86_400_000))
  await ensureKeySet(server.db.sql, server.keys)
  await until(() => one.versions.length === 4 && other.versions.length === 3)
  expect(other.versions[2]).toMatchObject({ keys: keys + 1, config: other.versions[0]?.config })
  await setRules(server.db.sql, { passback: 60 })
  await until(() => one.versions.length === 5 && other.versions.length === 4)
})

test('several servers push what one of them published', async () => {
  const second = await testServer(server.databaseUrl)
  const heard = await listen(second.door, second)
  await until(() => heard.versions.length === 1)
  await restrict(server)
  await until(() => heard.versions.length === 2)
  await second.stop()
  await until(() => heard.ended)
})

test('a device that is struck off hears no more', async () => {
  const door = await server.addDoor()
  const heard = await listen(door)
  await server.db.sql.updateTable('devices').set({ revoked_at: new Date() }).where('id', '=', door.deviceId).execute()
  await until(() => heard.ended)
  expect((await server.ask('GET', '/v1/stream', door)).body).toMatchObject({ code: 'device-revoked', status: 403 })
})

test('of many streams of one device the oldest give way', async () => {
  const door = await server.addDoor()
  const heard: Heard[] = []
  for (let at = 0; at < 6; at++) heard.push(await listen(door))
  await until(() => heard.filter(({ ended }) => ended).length === 2)
  expect(heard.map(({ ended }) => ended)).toEqual([true, true, false, false, false, false])
})
