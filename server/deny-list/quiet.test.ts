import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { freshDatabase } from '../testing/database.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
})
afterAll(() => server.stop())

const changes = async (): Promise<unknown> =>
  (await server.db.pool.query('select name, version from changes order by name')).rows

test('a server with nothing to do changes nothing: what it reads tells nobody of a change', async () => {
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
  // once all has been followed and published: a second goes by without a change
  let before = await changes()
  await until(async () => {
    await pause(1000)
    const now = await changes()
    const isQuiet = isDeepStrictEqual(now, before)
    before = now
    return isQuiet
  })
  await pause(3500)
  expect(await changes()).toEqual(before)
})
