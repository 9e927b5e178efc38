/** How devices are let in: over HTTP, on two server processes. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { EnrolReply } from '../../contract/kiosk/devices.ts'
import { CODE_LIVES_MS, newCode, spelledCode } from '../../contract/kiosk/enrolment.ts'
import { Problem } from '../../contract/http/problem.ts'
import { freshDatabase } from '../testing/database.ts'
import { newIdentity, type DeviceIdentity } from '../testing/devices.ts'
import type { Answer } from '../testing/ask.ts'
import { testServer, type TestServer } from '../testing/test-server.ts'
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
const enrol = (given: string, { publicKey }: Pick<DeviceIdentity, 'publicKey'> = newIdentity()): Promise<Answer> =>
  asked('/v1/devices/enrol', { code: given, publicKey, platform: 'linux' })
const told = (answer: Answer): string => `${answer.status} ${Problem.safeParse(answer.body).data?.code ?? 'ok'}`
const field = (answer: Answer): string | undefined => Problem.safeParse(answer.body).data?.errors?.[0]?.field

describe('a code', () => {
  test('lets one device in, however it is written, and says where it is and whose signatures it is to believe', async () => {
    const given = await code()
    const answer = await enrol(spelledCode(given).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'))
    expect(EnrolReply.parse(answer.body)).toMatchObject({
      state: 'active',
      audience: `${server.url}/v1/token`,
      root: server.rootKey,
      venue: 'Venue',
      accessPoint: 'In',
    })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('sent again with the same key is the same device; with another key it is spent', async () => {
    const given = await code()
    const device = newIdentity()
    const [one, two] = [await enrol(given, device), await enrol(given, device)]
    expect(two.body).toEqual(one.body)
    expect(told(await enrol(given))).toBe('403 enrolment-refused')
  })

  test('lets in no device with the key of another, and is not spent on it', async () => {
    const given = await code()
    const answer = await enrol(given, server.door.identity)
    expect([told(answer), field(answer)]).toEqual(['409 conflict', 'publicKey'])
    expect(told(await enrol(given))).toBe('200 ok')
  })

  test('of twenty kiosks that come with it at once one gets in', async () => {
    const given = await code()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        asked(
          '/v1/devices/enrol',
          {
            code: given,
            publicKey: newIdentity().publicKey,
            platform: 'linux',
          },
          at % 2 ? server : other,
        ),
      ),
    )
    const outcomes = answers.map(told).toSorted()
    expect(outcomes).toEqual(['200 ok', ...Array<string>(19).fill('403 enrolment-refused')])
    // the misses of this test are nobody's fault in the next
    await server.db.sql.selectFrom('devices').select('id').execute()
  })

  test('is kept as a hash only', async () => {
    const given = await code()
    const { rows } = await server.db.pool.query<{ row: string }>(
      'select row_to_json(c)::text as row from enrolment_codes c',
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ row }) => row.includes(given))).toEqual([])
  })

  test.each(['0', 'A1B2C3D4E5F', newCode(new Uint8Array(16)).replace('0', '1')])('%s is mistyped', async (wrong) => {
    const answer = await enrol(wrong)
    expect(told(answer)).toBe('400 invalid-request')
    expect(field(answer)).toBe('code')
  })

  test('is good for a day', async () => {
    const given = await code()
    later = CODE_LIVES_MS + 1000
    expect(told(await enrol(given))).toBe('403 enrolment-refused')
    later = 0
    expect(told(await enrol(given))).toBe('200 ok')
  })

  test('of a device that was struck off lets it in no more', async () => {
    const given = await code()
    const device = newIdentity()
    const { device: id } = EnrolReply.parse((await enrol(given, device)).body)
    await revokeDevice(server.db.sql, id)
    expect(told(await enrol(given, device))).toBe('403 enrolment-refused')
  })

  test('cannot be guessed: after twenty wrong ones nobody of that address is heard, and the log names no code', async () => {
    const lonely = await testServer(await freshDatabase(inject('postgresUrl')))
    const given = newCode(crypto.getRandomValues(new Uint8Array(16)))
    const answers: string[] = []
    for (let at = 0; at < 22; at++) {
      const answer = await asked(
        '/v1/devices/enrol',
        { code: given, publicKey: newIdentity().publicKey, platform: '' },
        lonely,
      )
      answers.push(told(answer))
      if (answer.status === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(1)
    }
    expect(answers.slice(19)).toEqual(['403 enrolment-refused', '429 too-many-requests', '429 too-many-requests'])
    expect(lonely.logLines.join('')).not.toContain(given)
    await lonely.stop()
  })
})
