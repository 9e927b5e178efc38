import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { admissionEvent, testServer, until, type TestServer } from '../testing/test-server.ts'
import { freshDatabase } from '../testing/database.ts'
import { idTime } from './visit.ts'
import { DAY_MS, dayPartition, daysAhead, firstId } from './day.ts'
import { DAYS_AHEAD, makePartitions } from './partitions.store.ts'

describe('a day of ids', () => {
  const moment = fc.integer({ min: 0, max: 2 ** 47 })
  test('holds the ids of its moments and no others', () => {
    fc.assert(
      fc.property(moment, fc.uuid({ version: 7 }), (at, id) => {
        const { from, to } = dayPartition(at)
        expect(from <= id && id < to).toBe(dayPartition(idTime(id)).from === from)
        const own = firstId(at).slice(0, 13) + id.slice(13)
        expect(idTime(own)).toBe(at)
        expect(from <= own && own < to).toBe(true)
      }),
      { seed: 9562, numRuns: 500 },
    )
  })
  test('days follow each other without a gap', () => {
    fc.assert(
      fc.property(moment, (at) => {
        const days = daysAhead(at, 14)
        expect(days).toHaveLength(16)
        days.slice(1).forEach((day, n) => expect(day.from).toBe(days[n]?.to))
        expect(days[1]).toEqual(dayPartition(at))
      }),
      { seed: 9562 },
    )
  })
})

describe('partitions made ahead', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await testServer(await freshDatabase(inject('postgresUrl')))
  })
  afterAll(() => server.stop())

  const tableOf = async (id: string): Promise<string[]> => {
    const { rows } = await server.db.pool.query<{ table: string }>(
      'select tableoid::regclass::text as table from visits where id = $1',
      [id],
    )
    return rows.map(({ table }) => table)
  }
  const grant = async (id: string): Promise<void> => {
    const event = admissionEvent({ ...server.request(server.pass()), id }, { outcome: 'granted' })
    expect((await server.tell([event])).text).toBe('{"verdicts":[{"verdict":"stored"}]}')
  }
  const idOn = (moment: number): string => firstId(moment).slice(0, 15) + server.request('').id.slice(15)
  const sevenOn = (moment: number): string => idOn(moment).slice(0, 14) + '7' + idOn(moment).slice(15)

  test('there from the start, for two weeks', async () => {
    const now = Date.now()
    for (const days of [-1, 0, 1, 14]) {
      const id = sevenOn(now + days * DAY_MS)
      await grant(id)
      expect(await tableOf(id)).toEqual([dayPartition(now + days * DAY_MS).table])
    }
    expect(await makePartitions(server.db.pool, now)).toEqual([])
  })

  test('what came too early for its day moves into it, and stays recorded once', async () => {
    const later = Date.now() + 30 * DAY_MS
    const odd = [-400, -40, 17, 29, 30, 31, 44, 45, 60, 4000].map((days) => sevenOn(Date.now() + days * DAY_MS))
    for (const id of odd) {
      await grant(id)
      expect(await tableOf(id)).toEqual(['visits_default'])
    }
    // several processes at once, while people are scanning
    const done = new AbortController()
    const scans = (async () => {
      let count = 0
      for (; !done.signal.aborted; count++) {
        expect((await server.admit(server.request(server.pass()))).status).toBe(200)
      }
      return count
    })()
    const made = await Promise.all([1, 2, 3].map(() => makePartitions(server.db.pool, later)))
    done.abort()
    expect(await scans).toBeGreaterThan(0)
    const all = made.flat()
    expect(new Set(all).size).toBe(all.length)
    expect(all).toHaveLength(DAYS_AHEAD + 2)
    for (const id of odd) {
      const day = dayPartition(idTime(id)).table
      expect(await tableOf(id)).toEqual([all.includes(day) ? day : 'visits_default'])
      const again = admissionEvent({ ...server.request(server.pass()), id }, { outcome: 'granted' })
      expect((await server.tell([again])).text).toBe('{"verdicts":[{"verdict":"duplicate"}]}')
    }
    const { rows } = await server.db.pool.query<{ invalid: number }>(
      'select count(*)::int as invalid from pg_index where not indisvalid',
    )
    expect(rows[0]?.invalid).toBe(0)
  })
})

test('the job queue makes them too', async () => {
  const server = await testServer(await freshDatabase(inject('postgresUrl')), { jobs: true })
  const queues = async (): Promise<number> => {
    const { rows } = await server.db.pool.query<{ n: number }>(
      `select count(*)::int as n from pgboss.schedule where name = 'visit-partitions'`,
    )
    return rows[0]?.n ?? 0
  }
  await until(() =>
    queues().then(
      (n) => n === 1,
      () => false,
    ),
  )
  await server.db.pool.query(`drop table ${dayPartition(Date.now() + 14 * DAY_MS).table}`)
  await server.db.pool.query(`insert into pgboss.job (name) values ('visit-partitions')`)
  await until(() => server.logLines.some((line) => line.includes('job done')))
  expect(await makePartitions(server.db.pool, Date.now())).toEqual([])
  await server.stop()
})
