import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { EventVerdicts, type SealedEvent } from '../../contract/kiosk/admission.ts'
import { freshDatabase } from '../testing/database.ts'
import { sealFor, type SealedQueue } from '../testing/sealed-events.ts'
import { admissionEvent, testServer, until, type TestServer } from '../testing/test-server.ts'
import { newKeyPair } from '../keys/key-file.ts'
import { ensureKeySet } from '../keys/key-set.ts'
import { addServerKey } from '../keys/server-keys.ts'
import { FLAG } from '../visits/visit.ts'
import { continued, gapWithout, QUEUE_START } from './continuity.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
})
afterAll(() => server.stop())

const granted = { outcome: 'granted' } as const
const visit = () => admissionEvent(server.request(server.pass()), granted)
const upload = async (queue: string, events: readonly unknown[]): Promise<string[]> => {
  const { status, body } = await server.post('/v1/events', { queue, events }, server.door)
  expect(status).toBe(200)
  return EventVerdicts.parse(body).verdicts.map((one) => (one.verdict === 'rejected' ? one.code : one.verdict))
}
const breaks = async (queue: string): Promise<string[]> => {
  const rows = await server.db.sql
    .selectFrom('queue_breaks')
    .select(['kind', 'from_seq', 'to_seq'])
    .where('queue', '=', queue)
    .orderBy('from_seq')
    .execute()
  return rows.map(({ kind, from_seq, to_seq }) => `${kind} ${from_seq}-${to_seq}`)
}
const quarantined = (queue: string) =>
  server.db.sql.selectFrom('event_quarantine').selectAll().where('queue', '=', queue).orderBy('id').execute()

describe('a queue', () => {
  test('that is whole leaves no note, however it is cut and repeated', async () => {
    const first = await server.sealed([visit(), visit(), visit()])
    const more = await server.sealed([visit(), visit()], first)
    const all = [...first.events, ...more.events]
    expect(await upload(first.queue, all.slice(0, 2))).toEqual(['stored', 'stored'])
    expect(await upload(first.queue, all.slice(1, 4))).toEqual(['duplicate', 'stored', 'stored'])
    expect(await upload(first.queue, all)).toEqual([...Array.from({ length: 4 }, () => 'duplicate'), 'stored'])
    expect(await breaks(first.queue)).toEqual([])
  })

  test('with events missing is noted, until they come after all; what is there is stored', async () => {
    const { queue, events } = await server.sealed([visit(), visit(), visit(), visit(), visit()])
    expect(await upload(queue, [events[0], events[4]])).toEqual(['stored', 'stored'])
    expect(await breaks(queue)).toEqual(['gap 2-4'])
    expect(await upload(queue, [events[2]])).toEqual(['stored'])
    expect(await breaks(queue)).toEqual(['gap 2-2', 'gap 4-4'])
    expect(await upload(queue, [events[1], events[3]])).toEqual(['stored', 'stored'])
    expect(await breaks(queue)).toEqual([])
  })

  test('in which an event was put in the place of another is noted, and the event recorded', async () => {
    const { queue, events } = await server.sealed([visit(), visit(), visit()])
    const other = await server.sealed([visit(), visit()])
    const forged = { ...other.events[1], chain: events[1]?.chain }
    expect(await upload(queue, [events[0], forged, events[2]])).toEqual(['stored', 'stored', 'stored'])
    expect(await breaks(queue)).toEqual(['chain 2-2'])
    const { text } = await server.ask('GET', '/metrics')
    expect(text).toMatch(/dopusk_queue_breaks_total\{kind="chain"\} 1/)
  })

  test('continues the same whatever the batches and their order', () => {
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
    const whole = Array.from({ length: 12 }, (_, at) => ({ id: v7(), seq: at + 1, jwe: `a..b.c.${at}` })).reduce<
      SealedEvent[]
    >((events, event) => {
      const before = events.at(-1)?.chain ?? QUEUE_START.chain
      return [...events, { ...event, chain: sha256(`${before}.${event.id}.${event.seq}.${event.jwe}`) }]
    }, [])
    fc.assert(
      fc.property(fc.subarray(whole), fc.array(fc.nat(4), { minLength: 12 }), (some, sizes) => {
        let end = QUEUE_START
        const gaps: { from: number; to: number }[] = []
        let at = 0
        for (const more of sizes) {
          const size = 1 + more
          const result = continued(end, some.slice(at, at + size).toReversed(), sha256)
          expect(result.breaks.every(({ kind }) => kind === 'gap')).toBe(true)
          gaps.push(...result.breaks)
          end = result.end
          at += size
        }
        const missing = gaps.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, n) => from + n))
        const last = some.at(-1)?.seq ?? 0
        expect(missing).toEqual(
          whole.map(({ seq }) => seq).filter((seq) => seq < last && !some.some((one) => one.seq === seq)),
        )
        expect(gaps.flatMap((gap) => gapWithout(gap, missing))).toEqual([])
      }),
      { seed: 12, numRuns: 300 },
    )
  })
})

describe('what cannot be read', () => {
  test('is refused alone, kept as it came and kept once', async () => {
    const sealed: SealedQueue = await server.sealed([
      visit(),
      { v: 1, event: { kind: 'nonsense' }, wall: 1 },
      { v: 2, event: visit(), wall: Date.now() },
    ])
    const [good, ...rest] = sealed.events
    const stranger = newKeyPair('X25519')
    const jwe = await sealFor({ kid: 'nobody', publicKey: stranger.publicKey }, { v: 1 })
    const torn = { ...good, id: v7(), seq: 9, jwe: `${good?.jwe.slice(0, -3) ?? ''}AAA` }
    const swapped = { ...good, id: v7(), seq: 10 }
    const events = [good, ...rest, { ...good, id: v7(), seq: 8, jwe }, torn, swapped, { seq: 1 }, null]
    for (const first of ['stored', 'duplicate']) {
      expect(await upload(sealed.queue, events)).toEqual([
        first,
        'malformed',
        'malformed',
        'unreadable',
        'unreadable',
        'unreadable',
        'malformed',
        'malformed',
      ])
    }
    const rows = await quarantined(sealed.queue)
    expect(rows.map(({ why }) => why).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'malformed'),
      ...Array.from({ length: 3 }, () => 'unreadable'),
    ])
    expect(rows.map(({ raw }) => JSON.parse(raw) as unknown)).toContainEqual(torn)
    expect(rows[0]?.device_id).toBe(server.door.deviceId)
  })

  test('because its key lies on another server is to be sent there', async () => {
    const elsewhere = await addServerKey(server.db.sql, `${server.keys}-elsewhere`, 'seal')
    await until(async () => {
      const jwe = await sealFor(elsewhere, { v: 1, event: visit(), wall: Date.now() })
      const [verdict] = await upload(randomUUID(), [{ id: v7(), seq: 1, chain: '0'.repeat(64), jwe }])
      return verdict === 'retry'
    })
  })

  test('events sealed for an older key are read all the same', async () => {
    const sealed = await server.sealed([visit()])
    await addServerKey(server.db.sql, server.keys, 'seal')
    await ensureKeySet(server.db.sql, server.keys)
    const kidOf = ({ events }: SealedQueue): string =>
      Buffer.from(events[0]?.jwe.split('.')[0] ?? '', 'base64url').toString()
    await until(async () => kidOf(await server.sealed([visit()])).slice(0, 120) !== kidOf(sealed).slice(0, 120))
    expect(await upload(sealed.queue, sealed.events)).toEqual(['stored'])
    const young = await server.sealed([visit()])
    expect(await upload(young.queue, young.events)).toEqual(['stored'])
  })

  test('plain events are not taken', async () => {
    expect(await upload(randomUUID(), [visit()])).toEqual(['malformed'])
  })
})

test('the time of a visit is the kiosk’s clock put right by what it knew of it; what it was worth is kept', async () => {
  const now = Date.now()
  const minutes = (n: number): number => n * 60_000
  const told = (offset?: number, uncertainty?: number, wall = now - minutes(30)) => {
    const event = visit()
    return {
      v: 1,
      event,
      wall,
      ...(offset !== undefined && { offset }),
      ...(uncertainty !== undefined && { uncertainty }),
    }
  }
  const cases = [
    { envelope: told(minutes(10), 40), at: now - minutes(20), flags: 0 },
    { envelope: told(), at: now - minutes(30), flags: FLAG.clockUncertain },
    { envelope: told(0, minutes(3)), at: now - minutes(30), flags: FLAG.clockUncertain },
    // a device that thinks it is 1970, and knows better
    { envelope: told(now - minutes(5) - 1000, 20, 1000), at: now - minutes(5), flags: 0 },
    { envelope: told(1e300, 1e300), at: undefined, flags: FLAG.clockUncertain | FLAG.clockOdd },
  ]
  const { queue, events } = await server.sealed(cases.map(({ envelope }) => envelope))
  expect(await upload(queue, events)).toEqual(cases.map(() => 'stored'))
  for (const [place, { at, flags, envelope }] of cases.entries()) {
    const row = await server.db.sql
      .selectFrom('visits')
      .selectAll()
      .where('id', '=', events[place]?.id ?? '')
      .executeTakeFirstOrThrow()
    expect(row.flags).toBe(flags)
    if (at === undefined) expect(row.entered_at?.getTime()).toBeLessThanOrEqual(Date.now())
    else {
      expect(row.entered_at?.getTime()).toBe(at)
      expect(row.clock_offset).toBe(envelope.offset === undefined ? null : String(envelope.offset))
      expect(row.presented_at).toEqual(new Date(envelope.event.request.presentedAt))
    }
  }
})
