import fc from 'fast-check'
import { describe, expect, inject, test } from 'vitest'
import { freshDatabase } from '../testing/database.ts'
import { testServer, until } from '../testing/test-server.ts'
import { groupCommit } from './group-commit.ts'

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('group commit', () => {
  test('each row gets its own result, in batches no larger than allowed, in as many lanes', async () => {
    const lanesAndRows = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 7 }), fc.array(fc.nat(3)))
    await fc.assert(
      fc.asyncProperty(lanesAndRows, async ([lanes, largest, pauses]) => {
        let flying = 0
        const group = groupCommit<number, number>(
          async (rows) => {
            flying++
            expect(flying).toBeLessThanOrEqual(lanes)
            expect(rows.length).toBeLessThanOrEqual(largest)
            for (let pause = rows.length % 3; pause > 0; pause--) await tick()
            flying--
            return rows.map((row) => row * 2)
          },
          { lanes, largest },
        )
        const results = pauses.map(async (pause, row) => {
          for (let n = 0; n < pause; n++) await tick()
          return group.add(row)
        })
        expect(await Promise.all(results)).toEqual(pauses.map((_, row) => row * 2))
        await group.idle()
        expect(flying).toBe(0)
      }),
      { seed: 8392, numRuns: 200 },
    )
  })

  test('a row that cannot be written fails alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), async (poison) => {
        const group = groupCommit<boolean, string>(
          async (rows) => {
            if (rows.includes(true)) throw new Error('poison')
            return rows.map(() => 'written')
          },
          { lanes: 1, largest: 16 },
        )
        const results = await Promise.allSettled(poison.map((row) => group.add(row)))
        expect(results.map(({ status }) => status === 'rejected')).toEqual(poison)
      }),
      { seed: 9052, numRuns: 100 },
    )
  })

  test('where the database is away nothing is tried twice', async () => {
    let flushes = 0
    const group = groupCommit<number, never>(
      async () => {
        flushes++
        throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
      },
      { lanes: 1, largest: 100 },
    )
    const results = await Promise.allSettled(Array.from({ length: 50 }, (_, row) => group.add(row)))
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['rejected']))
    expect(flushes).toBe(1)
  })
})

describe('admissions over connections that are cut', () => {
  test('each acknowledged one is stored once, repeats and all', async () => {
    const server = await testServer(await freshDatabase(inject('postgresUrl')))
    const passes = Array.from({ length: 50 }, () => server.pass())
    const acknowledged = new Set<string>()
    let cutting = true
    const cut = async (): Promise<void> => {
      while (cutting) {
        // the writers of this database, now and again, with whatever they have in flight
        await server.db.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name = 'dopusk-writers' and random() < 0.7`,
        )
        await new Promise((resolve) => setTimeout(resolve, 15))
      }
    }
    const refused: number[] = []
    const scan = async (worker: number): Promise<void> => {
      for (let n = 0; n < 25; n++) {
        const request = server.request(passes[(worker + n) % passes.length] ?? '')
        const answers = await Promise.all([server.admit(request), ...(n % 3 === 0 ? [server.admit(request)] : [])])
        for (const { status } of answers) {
          if (status === 200) acknowledged.add(request.id)
          else refused.push(status)
        }
        // asked again after a failure, as a kiosk does
        if (answers.some(({ status }) => status !== 200)) {
          await until(async () => (await server.admit(request)).status === 200)
          acknowledged.add(request.id)
        }
      }
    }
    const chaos = cut()
    await Promise.all(Array.from({ length: 24 }, (_, worker) => scan(worker)))
    cutting = false
    await chaos
    const { rows } = await server.db.pool.query<{ id: string }>('select id from visits')
    expect(acknowledged.size).toBe(24 * 25)
    expect(rows.map(({ id }) => id).sort()).toEqual([...acknowledged].sort())
    expect(new Set(refused)).toEqual(new Set(refused.length > 0 ? [503] : []))
    await server.stop()
  })
})
