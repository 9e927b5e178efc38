/** 20,000 devices: the list's pages come from its index, and count right. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { z } from 'zod'
import { fleetApi } from '../../contract/office/fleet.ts'
import { freshDatabase } from '../testing/database.ts'
import { someHeartbeat } from '../testing/heartbeat.ts'
import type { SignedIn } from '../testing/sign-in.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'
import { devicesPage } from './fleet.store.ts'

let server: TestServer
let operator: SignedIn
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
  operator = await server.as([{ role: 'operator' }])
})
afterAll(() => server.stop())

const page = async (who: SignedIn, query = ''): Promise<z.output<typeof fleetApi.fleetDevices.reply>> =>
  fleetApi.fleetDevices.reply.parse((await who.get(`/api/fleet/devices${query}`)).body)

describe('20,000 devices', () => {
  beforeAll(async () => {
    const { rows } = await server.db.pool.query<{ id: number }>(
      `insert into devices (access_point_id, name, public_key, kid, approved_at)
       select $1, 'Киоск ' || n, sha256(n::text::bytea), 'k' || n, now() - interval '1 minute' from generate_series(1, 20000) n returning id`,
      [server.door.entry.id],
    )
    const report = JSON.stringify(someHeartbeat(new Date()))
    await server.db.pool.query(
      `update device_states set seen_at = now(), version = '1.' || device_id % 5 || '.0', level = (device_id % 7 = 0)::int * 2,
         alarms = case when device_id % 7 = 0 then '{clock}'::text[] else '{}' end, report = $2 where device_id = any($1)`,
      [rows.map(({ id }) => id), report],
    )
    await server.db.pool.query('vacuum analyze device_states')
    await server.db.pool.query('vacuum analyze devices')
  }, 60_000)

  test('the first page is read from the index: nothing is sorted', async () => {
    const query = fleetApi.fleetDevices.query.parse({})
    for (const scoped of [query, { ...query, venue: server.door.entry.venue.id }]) {
      const compiled = devicesPage(server.db.sql, scoped, { all: true, kinds: [], participants: [] }).compile()
      const { rows } = await server.db.pool.query<{ 'QUERY PLAN': string }>(`explain ${compiled.sql}`, [
        ...compiled.parameters,
      ])
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan).toMatch(/Index Scan using device_states_(attention|of_venue)/)
      expect(plan).not.toMatch(/Sort/)
    }
  })

  test('pages do not overlap, filters count right', async () => {
    const seen = new Set<number>()
    for (let at = 1; at <= 3; at++)
      for (const { id } of (await page(operator, `?size=200&page=${at}`)).rows) seen.add(id)
    expect(seen.size).toBe(600)
    const { rows } = await server.db.pool.query<{ count: string }>(
      `select count(*) from device_states where version = '1.3.0' and alarms @> '{clock}' and state = 'active'`,
    )
    expect((await page(operator, '?version=1.3.0&alarm=clock')).total).toBe(Number(rows[0]?.count))
    expect((await page(operator, `?search=${encodeURIComponent('киоск 19999')}`)).total).toBe(1)
    expect((await page(operator, `?search=${encodeURIComponent('%_\\')}`)).total).toBe(0)
    expect((await operator.get('/api/fleet/devices?search=%00')).status).toBe(400)
    for (const column of ['name', 'venue', 'version', 'seenAt', 'unsent', 'waiting'])
      expect((await page(operator, `?sort=-${column}&size=5`)).rows).toHaveLength(5)
  })
})
