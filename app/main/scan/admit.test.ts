import { describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { admit, type AdmitParts } from './admit.ts'
import type { ClockTrust } from '../time/clock.ts'
import { createEntries } from './entries.ts'
import { makePlace, newHandle } from '../testing/place.ts'
import { memoryQueue, scriptedServer } from '../testing/fakes.ts'

const NOW = new Date('2026-11-22T19:00:00Z')
const hours = (n: number): Date => new Date(NOW.getTime() - n * 3_600_000)
const place = makePlace(NOW)

function at(answer: Parameters<typeof scriptedServer>[0], linkIsUp = true, trust: ClockTrust = 'good') {
  const entries = createEntries(() => 0)
  const server = scriptedServer(answer)
  const queue = memoryQueue()
  const troubles: unknown[] = []
  const parts: AdmitParts = {
    server,
    queue,
    linkIsUp: () => linkIsUp,
    clock: () => NOW,
    time: { now: () => NOW, trust: () => trust },
    entries,
    newId: () => uuidv7(),
    onQueued: () => undefined,
    onAskingFailed: (error) => troubles.push(error),
    onNotRecorded: (error) => troubles.push(error),
  }
  return { server, queue, troubles, entries, parts }
}

describe('with a server', () => {
  test('its answer stands and nothing is queued', async () => {
    const { queue, server, parts } = at({ outcome: 'granted' })
    expect(await admit(place.issue(), place.knowledge, parts)).toMatchObject({
      by: 'server',
      decision: { outcome: 'granted' },
    })
    expect(queue.events).toEqual([])
    expect(server.asked).toMatchObject([{ patience: 300 }])
  })

  test('the server wins both ways over the list kept here', async () => {
    const handle = newHandle()
    const text = place.issue({ handle })
    const listed = place.listing([handle], NOW)
    const granted = at({ outcome: 'granted' })
    expect(await admit(text, listed, granted.parts)).toMatchObject({ decision: { outcome: 'granted' } })
    const denied = at({ outcome: 'denied', reason: 'restricted', reference: '7K4-Q2M' })
    expect(await admit(text, place.knowledge, denied.parts)).toMatchObject({ decision: { outcome: 'denied' } })
  })

  test('it is waited for longer where our own answer would be amber', async () => {
    const { server, parts } = at({ outcome: 'granted' })
    await admit(place.issue(), place.listing([], hours(30)), parts)
    expect(server.asked).toMatchObject([{ patience: 1500 }])
  })
})

describe('without one', () => {
  test('the local ruling is queued before it is returned, under the id the server was asked with', async () => {
    const { queue, server, parts } = at('silent')
    const text = place.issue()
    const admission = await admit(text, place.knowledge, parts)
    expect(admission).toMatchObject({ by: 'kiosk', decision: { outcome: 'granted' } })
    expect(queue.events.map(({ event }) => event)).toEqual([
      { kind: 'admission', request: server.asked[0]?.request, decision: { outcome: 'granted' } },
    ])
  })

  test('nobody waits while the link is known to be down', async () => {
    const { queue, server, parts } = at({ outcome: 'granted' }, false)
    expect(await admit(place.issue(), place.knowledge, parts)).toMatchObject({ by: 'kiosk' })
    expect(server.asked).toEqual([])
    expect(queue.events).toHaveLength(1)
  })

  test('a list of some hours lets in and says from when it is', async () => {
    const { parts } = at('unreachable')
    expect(await admit(place.issue(), place.listing([], hours(5)), parts)).toMatchObject({
      decision: { outcome: 'granted' },
      dataFrom: hours(5),
    })
  })

  test.each([
    ['listed, fresh', 0, 'denied', 'restricted'],
    ['listed, a day and an hour old', 25, 'check', 'restricted-stale'],
  ] as const)('%s', async (_name, age, outcome, reason) => {
    const handle = newHandle()
    const { parts } = at('unreachable')
    const admission = await admit(place.issue({ handle }), place.listing([handle], hours(age)), parts)
    expect(admission).toMatchObject({ decision: { outcome, reason } })
  })

  test('a disk that will not take the visit lets nobody in', async () => {
    const { queue, troubles, parts } = at('unreachable')
    queue.full = true
    expect(await admit(place.issue(), place.knowledge, parts)).toMatchObject({
      decision: { outcome: 'check', reason: 'not-recorded' },
    })
    expect(troubles).toHaveLength(1)
  })
})

test('a text that is no pass is nobody’s admission: not asked, not queued', async () => {
  const { queue, server, parts } = at({ outcome: 'granted' })
  for (const text of [
    '',
    'https://example.org/',
    'HC1:6BF+70790T9WJWG',
    'QP1:',
    `${place.issue()}X`,
    '💉'.repeat(200),
  ]) {
    expect(await admit(text, place.knowledge, parts)).toEqual({ kind: 'unreadable' })
  }
  expect([...server.asked, ...queue.events]).toEqual([])
})

test('another region’s pass is denied as invalid', async () => {
  const { parts } = at('unreachable')
  const other = makePlace(NOW).issue({ keyId: 9 })
  expect(await admit(other, place.knowledge, parts)).toMatchObject({
    decision: { outcome: 'denied', reason: 'invalid' },
  })
})

describe('what the kiosk is not sure of', () => {
  test('a clock that is not believed lets nobody in alone, and the server still may', async () => {
    const alone = at('unreachable', true, 'jumped')
    expect(await admit(place.issue(), place.knowledge, alone.parts)).toMatchObject({
      decision: { outcome: 'check', reason: 'clock' },
    })
    const asked = at({ outcome: 'granted' }, true, 'jumped')
    expect(await admit(place.issue(), place.knowledge, asked.parts)).toMatchObject({ decision: { outcome: 'granted' } })
    expect(asked.server.asked).toMatchObject([{ patience: 1500 }])
  })

  test('an unknown key is amber only while the key set is old; a key published ahead is not ours yet', async () => {
    const unknown = place.issue({ keyId: 9 })
    const { parts } = at('unreachable')
    const old = { ...place.knowledge, keySet: { ...place.knowledge.keySet, confirmedAt: hours(25) } }
    expect(await admit(unknown, old, parts)).toMatchObject({ decision: { outcome: 'check', reason: 'unknown-key' } })
    const { value } = place.knowledge.keySet
    const ahead = {
      ...place.knowledge,
      keySet: {
        ...place.knowledge.keySet,
        value: { ...value, keys: value.keys.map((key) => ({ ...key, notBefore: hours(-1).toISOString() })) },
      },
    }
    expect(await admit(place.issue(), ahead, parts)).toMatchObject({
      decision: { outcome: 'denied', reason: 'invalid' },
    })
  })

  test('the same pass within the venue’s time of passback is amber, and after it is let in', async () => {
    const { parts, entries } = at('unreachable')
    const handle = newHandle()
    const config = { ...place.knowledge.config, rules: { ...place.knowledge.config.rules, passback: 600 } }
    const knowledge = { ...place.knowledge, config }
    expect(await admit(place.issue({ handle }), knowledge, parts)).toMatchObject({ decision: { outcome: 'granted' } })
    expect(entries.since(handle)).toBe(0)
    expect(await admit(place.issue({ handle }), knowledge, parts)).toMatchObject({
      decision: { outcome: 'check', reason: 'passback' },
    })
    expect(
      await admit(place.issue({ handle }), knowledge, { ...parts, entries: createEntries(() => 601_000) }),
    ).toMatchObject({ decision: { outcome: 'granted' } })
  })
})
