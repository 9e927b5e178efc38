import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { DenyListManifest, ENTRY_BYTES, entryMessage, listHolds } from '../contract/deny-list.ts'
import { DeviceConfig } from '../contract/device-config.ts'
import { bytesOfHex, hexOf } from '../contract/pass.ts'
import { freshDatabase } from '../testing/database.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'
import { nextTurn, standingOf, withChanges, type Restriction } from './restriction.ts'
import { addRestriction, entriesOf, liftRestrictions } from './store.ts'

let server: TestServer
let salt: Buffer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  const config = DeviceConfig.parse((await server.ask('GET', '/v1/config', server.door)).body)
  salt = Buffer.from(config.listSalt, 'base64url')
})
afterAll(() => server.stop())

const newHandle = (): string => hexOf(crypto.getRandomValues(new Uint8Array(10)))
const soon = (ms: number): Date => new Date(Date.now() + ms)
const restrict = (handle: string, from = new Date(), until = soon(3600_000)): Promise<string> =>
  addRestriction(server.db.sql, { handle, kind: 'restricted', from, until, reason: 'nobody may read this' })
const manifest = async (at = server): Promise<DenyListManifest> =>
  DenyListManifest.parse((await at.ask('GET', '/v1/deny-list/manifest', at.door)).body)
const list = async (at = server): Promise<Buffer> => {
  const { snapshot, sha256, count } = await manifest(at)
  const answer = await at.ask('GET', snapshot, at.door)
  expect(answer.headers['cache-control']).toContain('immutable')
  const bytes = Buffer.from(answer.text, 'latin1')
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
  expect(bytes.length).toBe(count * ENTRY_BYTES)
  return bytes
}
const entry = (handle: string): Buffer =>
  createHmac('sha256', salt)
    .update(entryMessage(bytesOfHex(handle)))
    .digest()
    .subarray(0, 8)
const holds = async (handle: string, at = server): Promise<boolean> => listHolds(await list(at), entry(handle))

describe('the list', () => {
  test('is sorted, each entry once, and holds exactly its handles', () => {
    const handles = fc.array(fc.uint8Array({ minLength: 10, maxLength: 10 }).map(hexOf), { maxLength: 50 })
    fc.assert(
      fc.property(handles, fc.uint8Array({ minLength: 32, maxLength: 32 }), (all, key) => {
        const entries = entriesOf([...all, ...all.slice(0, 3)], Buffer.from(key))
        expect(entries.length).toBe(new Set(all).size * ENTRY_BYTES)
        const sought = (handle: string): Buffer =>
          createHmac('sha256', key)
            .update(entryMessage(bytesOfHex(handle)))
            .digest()
            .subarray(0, 8)
        for (const handle of all) expect(listHolds(entries, sought(handle))).toBe(true)
        expect(listHolds(entries, sought('00'.repeat(10)))).toBe(all.includes('00'.repeat(10)))
      }),
      { seed: 2104 },
    )
  })

  test('follows restrictions as they are made, lifted, begin and end', async () => {
    const handle = newHandle()
    const { version } = await manifest()
    await restrict(handle)
    await until(() => holds(handle))
    expect((await manifest()).version).toBeGreaterThan(version)
    await liftRestrictions(server.db.sql, handle)
    await until(async () => !(await holds(handle)))
    await restrict(handle, soon(800), soon(1600))
    expect(await holds(handle)).toBe(false)
    await until(() => holds(handle))
    await until(async () => !(await holds(handle)))
    const { text } = await server.ask('GET', '/v1/deny-list/manifest', server.door)
    expect(text).not.toContain('nobody')
  })

  test('is not sent again to who has it', async () => {
    const first = await server.ask('GET', '/v1/deny-list/manifest', server.door)
    const etag = String(first.headers['etag'])
    const headers = { 'if-none-match': etag }
    const again = await server.ask('GET', '/v1/deny-list/manifest', { ...server.door, headers })
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' })
    await restrict(newHandle())
    await until(
      async () => (await server.ask('GET', '/v1/deny-list/manifest', { ...server.door, headers })).status === 200,
    )
  })

  test('an older version is still there for who is fetching it; unknown ones are not', async () => {
    const { snapshot, version, epoch } = await manifest()
    await restrict(newHandle())
    await until(async () => (await manifest()).version > version)
    expect((await server.ask('GET', snapshot, server.door)).status).toBe(200)
    for (const path of [`${epoch}/${version + 1000}`, `${epoch + 1}/${version}`, '0/0', '9999999999/9999999999']) {
      const answer = await server.ask('GET', `/v1/deny-list/snapshot/${path}`, server.door)
      expect(answer.status).toBe(404)
    }
  })
})

describe('several servers', () => {
  test('a restriction is in force on all soon, with and without notifications', async () => {
    const second = await testServer(server.databaseUrl)
    const deaf = (): Promise<unknown> =>
      server.db.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'dopusk-listen' and datname = current_database()`,
      )
    for (const before of [async () => undefined, deaf]) {
      const handle = newHandle()
      const pass = server.pass({ handle })
      const admit = async (at: TestServer): Promise<string> => {
        const request = { ...at.request(pass) }
        return (await at.admit(request)).text
      }
      expect([await admit(server), await admit(second)].every((text) => text.includes('granted'))).toBe(true)
      await before()
      await restrict(handle)
      await Promise.all([server, second].map((at) => until(async () => (await admit(at)).includes('restricted'))))
      await Promise.all([server, second].map((at) => until(() => holds(handle, at))))
    }
    expect(await manifest(server)).toEqual(await manifest(second))
    await second.stop()
  })
})

describe('restrictions in memory', () => {
  const restriction = fc.record<Restriction>({
    id: fc.nat(20).map(String),
    handle: fc.constantFrom('a', 'b'),
    kind: fc.constantFrom('restricted', 'replaced'),
    from: fc.nat(100),
    until: fc.nat(100),
    lifted: fc.option(fc.nat(100)),
  })
  test('changes come out the same in one piece or many, and the next turn misses no change', () => {
    const none = { version: '0', byHandle: new Map() }
    fc.assert(
      fc.property(fc.array(restriction, { maxLength: 8 }), fc.nat(120), (rows, at) => {
        const distinct = rows.filter((row, n) => rows.findIndex(({ id }) => id === row.id) === n)
        const whole = withChanges(none, distinct, '1')
        const pieces = distinct.reduce((known, row) => withChanges(known, [row], '1'), withChanges(none, distinct, '1'))
        for (const handle of ['a', 'b', 'c']) {
          expect(standingOf(handle, pieces, at)).toEqual(standingOf(handle, whole, at))
          const turn = nextTurn(whole, at) ?? 1000
          for (let later = at; later < turn; later++) {
            const lifted = distinct.some((row) => row.lifted !== null && row.lifted > at && row.lifted <= later)
            if (!lifted) expect(standingOf(handle, whole, later)).toEqual(standingOf(handle, whole, at))
          }
        }
      }),
      { seed: 6, numRuns: 60 },
    )
  })
})
