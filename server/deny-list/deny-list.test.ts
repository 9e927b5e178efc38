import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { api } from '../../contract/kiosk/api.ts'
import {
  DenyListManifest,
  ENTRY_BYTES,
  entryMessage,
  listHolds,
  PADDED_TO,
  readDelta,
} from '../../contract/kiosk/deny-list.ts'
import { DeviceConfig } from '../../contract/kiosk/device-config.ts'
import { bytesOfHex, hexOf } from '../../contract/pass/pass.ts'
import { freshDatabase } from '../testing/database.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'
import { listBuilder } from './list-building.io.ts'
import { withDelta } from './delta.ts'
import { listedHandles, nextTurn, NO_RESTRICTIONS, standingOf, withChanges, type Restriction } from './restriction.ts'
import { beginEpoch } from './salts.store.ts'
import { addRestriction, liftRestrictions } from './restrictions.store.ts'

let server: TestServer
let salt: Buffer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  salt = await saltOf(server)
})
afterAll(() => server.stop())

const newHandle = (): string => hexOf(crypto.getRandomValues(new Uint8Array(10)))
const soon = (ms: number): Date => new Date(Date.now() + ms)
const restrict = (handle: string, from = new Date(), until = soon(3600_000)): Promise<string> =>
  addRestriction(server.db.sql, { handle, kind: 'restricted', from, until, reason: 'nobody may read this' })
const saltOf = async (at: TestServer): Promise<Buffer> =>
  Buffer.from((await at.document('/v1/config', DeviceConfig, 'config', at.door)).listSalt, 'base64url')
const manifest = (at = server): Promise<DenyListManifest> =>
  at.document('/v1/deny-list/manifest', DenyListManifest, 'denyList', at.door)
const fetched = async (at: TestServer, route: { path: string }, ...numbers: number[]): Promise<Buffer> => {
  const path = numbers.reduce((made, number) => made.replace(/:\w+/, String(number)), route.path)
  const answer = await at.ask('GET', path, at.door)
  expect(answer.status).toBe(200)
  expect(answer.headers['cache-control']).toContain('immutable')
  return Buffer.from(answer.text, 'latin1')
}
const list = async (at = server): Promise<Buffer> => {
  const { epoch, version, sha256, count } = await manifest(at)
  const bytes = await fetched(at, api.denyListSnapshot, epoch, version)
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
  const secret = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))
  const anyHandle = fc.uint8Array({ minLength: 10, maxLength: 10 }).map(hexOf)
  const canary = { hit: 'c0'.repeat(10), miss: 'c1'.repeat(10) }

  test('is sorted, each entry once, padded with decoys, and holds exactly its handles', async () => {
    const handles = fc.uniqueArray(anyHandle, { maxLength: 50 })
    await fc.assert(
      fc.asyncProperty(handles, secret, secret, async (all, key, decoys) => {
        const entries = await listBuilder({ epoch: 1, salt: key, decoys, canary, version: 1 }).build(all)
        expect(entries.length).toBe(PADDED_TO * ENTRY_BYTES)
        for (let at = ENTRY_BYTES; at < entries.length; at += ENTRY_BYTES) {
          expect(entries.compare(entries, at, at + ENTRY_BYTES, at - ENTRY_BYTES, at)).toBeLessThan(0)
        }
        const sought = (handle: string): Buffer =>
          createHmac('sha256', key)
            .update(entryMessage(bytesOfHex(handle)))
            .digest()
            .subarray(0, 8)
        for (const handle of [...all, canary.hit]) expect(listHolds(entries, sought(handle))).toBe(true)
        for (const handle of ['00'.repeat(10), canary.miss]) {
          expect(listHolds(entries, sought(handle))).toBe(all.includes(handle))
        }
      }),
      { seed: 2104, numRuns: 20 },
    )
  })

  test('grows by a step when the decoys run out, and the same decoys come again', async () => {
    const all = Array.from({ length: PADDED_TO + 10 }, newHandle)
    const epoch = { epoch: 1, salt: Buffer.alloc(32, 1), decoys: Buffer.alloc(32, 2), canary, version: 1 }
    const builder = listBuilder(epoch)
    const sizes = []
    for (const many of [0, PADDED_TO - 1, PADDED_TO, PADDED_TO + 10]) {
      const built = await builder.build(all.slice(0, many))
      sizes.push(built.length / ENTRY_BYTES / PADDED_TO)
      // from nothing but the handles and the epoch: any process makes the same list
      expect(await listBuilder(epoch).build(all.slice(0, many).toReversed())).toEqual(built)
    }
    expect(sizes).toEqual([1, 1, 2, 2])
  })

  test('manifests cannot be made by other keys or stand in for other documents', async () => {
    const { body } = await server.ask('GET', '/v1/deny-list/manifest', server.door)
    expect(await manifest()).toMatchObject({
      epoch: 1,
      canary: { hit: expect.stringMatching(/^[0-9a-f]{20}$/) as string },
    })
    for (const [type, use] of [
      ['config', 'list'],
      ['keys', 'list'],
      ['denyList', 'config'],
    ] as const) {
      await expect(server.open(body, DenyListManifest, type, use)).rejects.toThrow('document')
    }
  })

  test('follows restrictions as they are made, lifted, begin and end', async () => {
    const handle = newHandle()
    const { version } = await manifest()
    await restrict(handle)
    await until(() => holds(handle))
    expect((await manifest()).version).toBeGreaterThan(version)
    await liftRestrictions(server.db.sql, handle)
    await until(async () => !(await holds(handle)))
    await restrict(handle, soon(2000), soon(6000))
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

  test('an older version is still there, whole and as a start for deltas; unknown ones are not', async () => {
    const handle = newHandle()
    const lists: [DenyListManifest, Buffer][] = [[await manifest(), await list()]]
    for (const change of [
      () => restrict(handle),
      () => restrict(newHandle()),
      () => liftRestrictions(server.db.sql, handle),
    ]) {
      const { version } = await manifest()
      await change()
      await until(async () => (await manifest()).version > version)
      lists.push([await manifest(), await list()])
    }
    for (const [at, [{ epoch, version: from, sha256 }, before]] of lists.entries()) {
      const again = await fetched(server, api.denyListSnapshot, epoch, from)
      expect(createHash('sha256').update(again).digest('hex')).toBe(sha256)
      for (const [{ version: to, deltasFrom }, after] of lists.slice(at + 1)) {
        expect(deltasFrom).toBeLessThanOrEqual(from)
        const bytes = await fetched(server, api.denyListDelta, epoch, from, to)
        const delta = readDelta(bytes)
        expect(delta && withDelta(before, delta)).toEqual(new Uint8Array(after))
        // what came and went between them does not show, and a change is an entry and a decoy
        expect(bytes.length).toBeLessThanOrEqual(8 + 4 * ENTRY_BYTES)
      }
    }
    const { epoch, version } = await manifest()
    for (const path of [...[`${epoch}/${version + 1000}`, `${epoch + 1}/${version}`, '0/0', '9999999999/9999999999']]) {
      expect((await server.ask('GET', `/v1/deny-list/snapshot/${path}`, server.door)).status).toBe(404)
    }
    for (const path of [
      `${epoch}/0/1`,
      `${epoch}/2/1`,
      `${epoch}/1/1`,
      `${epoch}/1/${version + 1}`,
      `${epoch + 1}/1/2`,
    ]) {
      expect((await server.ask('GET', `/v1/deny-list/delta/${path}`, server.door)).status).toBe(404)
    }
  })

  test('a burst of changes makes at most a version a second', async () => {
    const { version } = await manifest()
    const handles = Array.from({ length: 30 }, newHandle)
    const started = Date.now()
    for (const handle of handles) await restrict(handle)
    await until(async () => (await Promise.all(handles.map((handle) => holds(handle)))).every(Boolean))
    const seconds = (Date.now() - started) / 1000
    expect((await manifest()).version - version).toBeLessThanOrEqual(Math.ceil(seconds) + 1)
  })

  test('a new epoch has another salt, and a kiosk that holds the old one starts over', async () => {
    const handle = newHandle()
    await restrict(handle)
    await until(() => holds(handle))
    const before = await manifest()
    const { version: configured } = await server.document('/v1/config', DeviceConfig, 'config', server.door)
    await beginEpoch(server.db.sql)
    await until(
      async () => (await server.ask('GET', '/v1/deny-list/manifest', server.door)).headers['x-deny-list'] === '2.1',
    )
    const config = await server.document('/v1/config', DeviceConfig, 'config', server.door)
    expect(config.version).toBeGreaterThan(configured)
    expect(config.listSalt).not.toBe(salt.toString('base64url'))
    salt = await saltOf(server)
    expect(await holds(handle)).toBe(true)
    const { epoch, version, canary: birds } = await manifest()
    expect([epoch, version]).toEqual([2, 1])
    expect(birds).not.toEqual(before.canary)
    expect([await holds(birds.hit), await holds(birds.miss)]).toEqual([true, false])
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
    const [one, other] = [await manifest(server), await manifest(second)]
    expect([one.epoch, one.version, one.sha256]).toEqual([other.epoch, other.version, other.sha256])
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
    fc.assert(
      fc.property(fc.array(restriction, { maxLength: 8 }), fc.nat(120), (rows, at) => {
        const distinct = rows.filter((row, n) => rows.findIndex(({ id }) => id === row.id) === n)
        const whole = withChanges(NO_RESTRICTIONS, distinct, '1')
        const pieces = distinct.reduce((known, row) => withChanges(known, [row], '1'), NO_RESTRICTIONS)
        for (const handle of ['a', 'b', 'c']) {
          expect(standingOf(handle, pieces, at)).toEqual(standingOf(handle, whole, at))
          const listed = distinct.some(
            (row) => row.handle === handle && row.lifted === null && row.from <= at && at < row.until,
          )
          expect([...listedHandles(whole, at)].includes(handle)).toBe(listed)
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
