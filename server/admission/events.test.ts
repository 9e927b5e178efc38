import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { AdmissionEvent, AdmissionRequest, Resolution } from '../../contract/kiosk/admission.ts'
import { EventVerdicts } from '../../contract/kiosk/admission.ts'
import { referenceOf } from '../../contract/decide/reference.ts'
import { addRestriction } from '../deny-list/restrictions.store.ts'
import { freshDatabase } from '../testing/database.ts'
import { admissionEvent, testServer, until, type TestServer } from '../testing/test-server.ts'
import { newKeyPair } from '../keys/key-file.ts'
import { FLAG } from '../visits/visit.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
})
afterAll(() => server.stop())

const granted = { outcome: 'granted' } as const
const stale = ({ id }: { id: string }) =>
  ({ outcome: 'check', reason: 'list-stale', reference: referenceOf(id) }) as const
const resolution = (
  { id, accessPoint }: AdmissionRequest,
  outcome: Resolution['outcome'],
  at: Date = new Date(),
): Extract<AdmissionEvent, { kind: 'resolution' }> => ({
  kind: 'resolution',
  resolution: { id, accessPoint, outcome, by: 'staff', at: at.toISOString() },
})

async function tell(...events: readonly unknown[]): Promise<string[]> {
  const answer = await server.tell(events)
  expect(answer.status).toBe(200)
  const { verdicts } = EventVerdicts.parse(answer.body)
  expect(verdicts).toHaveLength(events.length)
  return verdicts.map((one) => (one.verdict === 'rejected' ? `${one.verdict}:${one.code}` : one.verdict))
}
async function row(id: string) {
  const all = await server.db.sql.selectFrom('visits').selectAll().where('id', '=', id).execute()
  expect(all).toHaveLength(1)
  const [only] = all
  if (!only) throw new Error('no row')
  return only
}
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString()
const HOUR = 3600_000

describe('POST /v1/events', () => {
  test('an admission is stored once', async () => {
    const request = server.request(server.pass())
    const event = admissionEvent(request, granted)
    expect(await tell(event)).toEqual(['stored'])
    expect(await tell(event, event)).toEqual(['duplicate', 'duplicate'])
    const other = admissionEvent(server.request(server.pass()), granted)
    expect(await tell(other, other)).toEqual(['stored', 'duplicate'])
    expect(await row(request.id)).toMatchObject({
      decided_by: 'kiosk',
      outcome: 'granted',
      entered_at: new Date(request.presentedAt),
      flags: 0,
    })
  })

  test('one bad event fails nobody else', async () => {
    const good = server.request(server.pass())
    const elsewhere = await server.addDoor()
    const verdicts = await tell(
      { kind: 'nonsense' },
      null,
      admissionEvent({ ...good, id: 'x' }, granted),
      admissionEvent(good, granted),
      admissionEvent({ ...server.request(server.pass()), accessPoint: elsewhere.entry.id }, granted),
      { ...admissionEvent(good, granted), extra: 1 },
      resolution(server.request(server.pass()), 'admitted'),
    )
    expect(verdicts).toEqual([
      'rejected:malformed',
      'rejected:malformed',
      'rejected:malformed',
      'stored',
      'rejected:other-access-point',
      'rejected:malformed',
      'rejected:unknown-admission',
    ])
  })

  test('a malformed event is told which field it is', async () => {
    const answer = await server.tell([
      admissionEvent({ ...server.request(server.pass()), presentedAt: 'now' }, granted),
    ])
    expect(EventVerdicts.parse(answer.body).verdicts[0]).toMatchObject({
      detail: expect.stringContaining('request.presentedAt') as string,
    })
  })

  test('what the kiosk did counts where the server had decided otherwise', async () => {
    const request = server.request(server.pass())
    expect((await server.admit(request)).body).toEqual(granted)
    expect(await tell(admissionEvent(request, stale(request)))).toEqual(['stored'])
    expect(await row(request.id)).toMatchObject({
      outcome: 'check',
      decided_by: 'kiosk',
      entered_at: null,
      flags: FLAG.differs,
    })
    expect(await tell(admissionEvent(request, stale(request)))).toEqual(['duplicate'])
    // a late copy of the question gets what was recorded
    expect((await server.admit(request)).body).toEqual(stale(request))
  })

  test('where both decided alike nothing changes', async () => {
    const request = server.request(server.pass())
    await server.admit(request)
    expect(await tell(admissionEvent(request, granted))).toEqual(['duplicate'])
    expect(await row(request.id)).toMatchObject({ decided_by: 'server', flags: 0 })
  })

  test('a resolution admits, refuses, and is corrected by a later one', async () => {
    const request = server.request(server.pass())
    await tell(admissionEvent(request, stale(request)))
    const start = Date.now() - 60_000
    const later = (seconds: number): Date => new Date(start + seconds * 1000)
    expect(await tell(resolution(request, 'admitted', later(1)))).toEqual(['stored'])
    expect(await row(request.id)).toMatchObject({ resolved: 'admitted', resolved_by: 'staff', entered_at: later(1) })
    expect(await tell(resolution(request, 'refused', later(2)))).toEqual(['stored'])
    expect(await row(request.id)).toMatchObject({ resolved: 'refused', entered_at: null })
    expect(await tell(resolution(request, 'admitted', later(1)))).toEqual(['duplicate'])
    // spoken by a clock that ran ahead: it does not stand in the way of the next
    expect(await tell(resolution(request, 'admitted', new Date(Date.now() + HOUR)))).toEqual(['stored'])
    expect(await tell(resolution(request, 'refused', later(3)))).toEqual(['stored'])
    expect(await row(request.id)).toMatchObject({ resolved: 'refused', entered_at: null })
  })

  test('why staff overrode a refusal is kept, and goes when they take it back', async () => {
    const request = server.request(server.pass())
    await tell(admissionEvent(request, { ...stale(request), outcome: 'denied', reason: 'restricted' }))
    const at = Date.now() - 5000
    const { resolution: admitted } = resolution(request, 'admitted', new Date(at))
    await tell({ kind: 'resolution', resolution: { ...admitted, reason: 'paper-shown' } })
    expect(await row(request.id)).toMatchObject({ resolved: 'admitted', resolved_reason: 'paper-shown' })
    await tell(resolution(request, 'refused', new Date(at + 1000)))
    expect(await row(request.id)).toMatchObject({ resolved: 'refused', resolved_reason: null, entered_at: null })
    expect(await tell({ kind: 'resolution', resolution: { ...admitted, reason: 'felt like it' } })).toEqual([
      'rejected:malformed',
    ])
  })

  test('of two resolutions the later spoken one counts, in whatever order they come', async () => {
    const at = Date.now() - 60_000
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const request = server.request(server.pass())
      await tell(admissionEvent(request, granted))
      const both = [resolution(request, 'refused', new Date(at)), resolution(request, 'admitted', new Date(at + 1000))]
      for (const place of order) await tell(both[place])
      expect(await row(request.id)).toMatchObject({ resolved: 'admitted', resolved_at: new Date(at + 1000) })
      expect((await row(request.id)).entered_at).not.toBeNull()
      expect(await tell(...both)).toEqual(['duplicate', 'duplicate'])
    }
  })

  test('a resolution may stand before its admission', async () => {
    const request = server.request(server.pass())
    expect(await tell(resolution(request, 'refused'), admissionEvent(request, granted))).toEqual(['stored', 'stored'])
    expect(await row(request.id)).toMatchObject({ outcome: 'granted', resolved: 'refused', entered_at: null })
  })

  test('a resolution outlives the kiosk’s own word that comes after it', async () => {
    const request = server.request(server.pass())
    await server.admit(request)
    await tell(resolution(request, 'refused'))
    expect(await tell(admissionEvent(request, stale(request)))).toEqual(['stored'])
    expect(await row(request.id)).toMatchObject({ outcome: 'check', resolved: 'refused', entered_at: null })
  })

  test('is recorded, and flagged, whatever the server would have said', async () => {
    const handle = 'ab'.repeat(10)
    const restricted = server.request(server.pass({ handle }))
    const until14 = new Date(Date.now() + 14 * 24 * HOUR)
    await addRestriction(server.db.sql, {
      handle,
      kind: 'restricted',
      from: new Date(),
      until: until14,
      reason: 'test',
    })
    await until(async () => (await server.admit(server.request(restricted.credential))).text.includes('restricted'))
    const now = { ...restricted, presentedAt: new Date().toISOString() }
    const before = { ...server.request(restricted.credential), presentedAt: ago(HOUR / 2) }
    const forged = server.request(server.pass({}, { privateKey: newKeyPair().privateKey }))
    const text = server.request('https://example.org/')
    expect(await tell(...[now, before, forged, text].map((one) => admissionEvent(one, granted)))).toEqual(
      Array.from({ length: 4 }, () => 'stored'),
    )
    expect((await row(now.id)).flags).toBe(FLAG.differs)
    // nobody knew of it then
    expect((await row(before.id)).flags).toBe(0)
    expect(await row(forged.id)).toMatchObject({ flags: FLAG.differs | FLAG.unverified, pass_handle: null })
    expect(await row(text.id)).toMatchObject({ flags: FLAG.differs | FLAG.unverified, pass_handle: null })
  })

  test('late and odd clocks are bounded and flagged', async () => {
    const told = (presentedAt: string): AdmissionRequest => ({ ...server.request(server.pass()), presentedAt })
    const late = told(ago(3 * HOUR))
    const future = told(ago(-50 * 24 * HOUR))
    const ancient = told(ago(400 * 24 * HOUR))
    const edge = [told('0000-01-01T00:00:00Z'), told('9999-12-31T23:59:59Z')]
    const all = [late, future, ancient, ...edge]
    expect(await tell(...all.map((one) => admissionEvent(one, granted)))).toEqual(all.map(() => 'stored'))
    expect(await row(late.id)).toMatchObject({ flags: FLAG.late, entered_at: new Date(late.presentedAt) })
    expect((await row(future.id)).flags & FLAG.clockOdd).toBe(FLAG.clockOdd)
    expect((await row(future.id)).entered_at?.getTime()).toBeLessThanOrEqual(Date.now())
    expect(await row(ancient.id)).toMatchObject({ presented_at: new Date(ancient.presentedAt) })
    expect((await row(ancient.id)).flags & (FLAG.late | FLAG.clockOdd)).toBe(FLAG.late | FLAG.clockOdd)
    expect((await row(ancient.id)).entered_at?.getTime()).toBeGreaterThan(Date.now() - 32 * 24 * HOUR)
  })

  test('a full batch, told twice at once', async () => {
    const requests = Array.from({ length: 100 }, () => server.request(server.pass()))
    const events = requests.flatMap((request) => [admissionEvent(request, granted), resolution(request, 'admitted')])
    const both = await Promise.all([tell(...events), tell(...events)])
    for (let at = 0; at < events.length; at++) {
      expect([both[0][at], both[1][at]].sort()).toEqual(['duplicate', 'stored'])
    }
    expect((await server.tell([...events, events[0]])).status).toBe(400)
    expect((await server.tell([])).status).toBe(400)
  })

  test('whatever is lost, repeated and mixed up: told to the end, the record is the same', async () => {
    const deliveries = fc.array(fc.subarray([0, 1, 2], { minLength: 1 }), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(deliveries, fc.boolean(), fc.boolean(), async (partial, asked, refused) => {
        const request = server.request(server.pass())
        const decision = refused ? stale(request) : granted
        const at = Date.now()
        const events = [
          admissionEvent(request, decision),
          resolution(request, 'refused', new Date(at - 2000)),
          resolution(request, 'admitted', new Date(at - 1000)),
        ]
        if (asked) await server.admit(request)
        for (const some of partial) await tell(...some.map((place) => events[place]))
        await tell(...events)
        expect(await tell(...events.toReversed())).toEqual(['duplicate', 'duplicate', 'duplicate'])
        expect(await row(request.id)).toMatchObject({ outcome: decision.outcome, resolved: 'admitted' })
        expect((await row(request.id)).entered_at).not.toBeNull()
      }),
      { seed: 20261122, numRuns: 40 },
    )
  }, 90_000)
})
