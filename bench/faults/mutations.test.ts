/**
 * The list of planted faults: each is a mistake that somebody could make, put in the place of the good part. The short
 * stories must find every one; without one they must find nothing.
 */
import { expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { DenyListManifest } from '../../contract/kiosk/deny-list.ts'
import { KeySet } from '../../contract/kiosk/keys.ts'
import { NOTHING_SEEN, type Held } from '../../app/main/knowledge/knowledge.ts'
import { Unreachable } from '../../app/main/ports.ts'
import { syncDenyList, syncKeys, type SyncStep } from '../../app/main/knowledge/sync.ts'
import type { Plant } from './model/kiosk.ts'
import { tellShortStories } from './model/short.ts'

const STORIES = 1500
const SEED = 20261122

const payloadOf = (jws: string): unknown => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString())
const instead =
  (good: SyncStep, planted: SyncStep): NonNullable<Plant['steps']> =>
  (steps) =>
    steps.map((step) => (step === good ? planted : step))

/** What a step that looks at nothing would take. */
const takeAnyList: SyncStep = async (held, { source, now }) => {
  const jws = await source.denyListManifest()
  const manifest = DenyListManifest.parse(payloadOf(jws))
  const entries = await source.denyListSnapshot(manifest.epoch, manifest.version)
  const seen = { ...held.seen, list: { epoch: manifest.epoch, version: manifest.version } }
  return { ...held, seen, denyList: { manifest, jws, entries, confirmedAt: now() } }
}

const forgetful =
  (good: SyncStep): SyncStep =>
  async (held: Held, parts) => {
    const { denyList: _list, ...rest } = held
    return good({ ...(good === syncDenyList ? rest : held), seen: NOTHING_SEEN }, parts)
  }

const faults: readonly (readonly [string, Plant])[] = [
  [
    'append does not wait for the disk',
    {
      queue: (queue) => ({
        ...queue,
        append: async (event) => {
          void queue.append(event).catch(() => undefined)
        },
      }),
    },
  ],
  [
    'append never syncs: what a power cut leaves is what lay there before',
    {
      queue: (queue, disk) => ({
        ...queue,
        append: async (event) => {
          const { synced } = disk
          await queue.append(event)
          disk.synced = synced
        },
      }),
    },
  ],
  [
    'green without a record: an append that failed is passed over',
    { queue: (queue) => ({ ...queue, append: (event) => queue.append(event).catch(() => undefined) }) },
  ],
  [
    'events are forgotten before the server has them',
    {
      queue: (queue) => ({
        ...queue,
        pending(limit) {
          const batch = queue.pending(limit)
          queue.forget(batch.map(({ event }) => event.seq))
          return batch
        },
      }),
    },
  ],
  ['`retry` is taken for `stored`', { queue: (queue) => ({ ...queue, postpone: (seqs) => queue.forget(seqs) }) }],
  [
    'a refused batch is buried whole',
    {
      server: (server) => ({
        ...server,
        record: (of, events) =>
          server.record(of, events).catch((error: unknown) => {
            if (error instanceof Unreachable) throw error
            return events.map(() => ({ verdict: 'stored' as const }))
          }),
      }),
    },
  ],
  [
    'the id is made anew when the server is told again',
    {
      server: (server) => ({
        ...server,
        decide: (request, patience) => server.decide({ ...request, id: uuidv7() }, patience),
      }),
    },
  ],
  [
    'no answer is taken for a good one',
    {
      server: (server) => ({
        ...server,
        decide: (request, patience) => server.decide(request, patience).catch(() => ({ outcome: 'granted' as const })),
      }),
    },
  ],
  ['an older list is taken', { steps: instead(syncDenyList, forgetful(syncDenyList)) }],
  ['an older key set is taken', { steps: instead(syncKeys, forgetful(syncKeys)) }],
  [
    'what was seen is not kept over a restart',
    {
      disk: (disk) => {
        disk.held = { seen: NOTHING_SEEN }
      },
    },
  ],
  ['neither signature nor digest of a list is looked at', { steps: instead(syncDenyList, takeAnyList) }],
  [
    'the digest of a list is not looked at',
    {
      steps: instead(syncDenyList, async (held, parts) => {
        const spoilt = await takeAnyList(held, parts)
        const manifest = spoilt.denyList?.manifest
        const before = held.seen.list.version
        const entries = spoilt.denyList?.entries ?? new Uint8Array()
        // Signed by the one who may, not older: only the bytes are believed as they are.
        return manifest && manifest.version >= before && manifest.version < 1_000_000 && entries.length > 0
          ? spoilt
          : held
      }),
    },
  ],
  [
    'the signature of the key set is not looked at',
    {
      steps: instead(syncKeys, async (held, { source, now }) => {
        const jws = await source.keySet()
        return { ...held, keySet: { jws, value: KeySet.parse(payloadOf(jws)), confirmedAt: now() } }
      }),
    },
  ],
  [
    'a list seems younger each time it is sent',
    {
      steps: instead(syncDenyList, async (held, parts) => {
        const next = await syncDenyList(held, parts)
        return next.denyList ? { ...next, denyList: { ...next.denyList, confirmedAt: parts.now() } } : next
      }),
    },
  ],
  [
    'the key set is never asked for again',
    {
      steps: instead(syncKeys, async (held, parts) => (held.keySet ? held : syncKeys(held, parts))),
    },
  ],
  [
    'jumps of the clock are not noticed',
    { time: (_time, read) => ({ now: () => new Date(read().wall), trust: () => 'good' as const }) },
  ],
  [
    'a clock that was put back while the kiosk was off is believed',
    {
      disk: (disk) => {
        if (disk.clock) disk.clock = { ...disk.clock, floor: 0, jumped: 0 }
      },
    },
  ],
  ['the lease of the list never ends', { isLeaseOver: () => false }],
]

test('without a fault the stories end well', async () => {
  expect(await tellShortStories({ runs: 300, seed: SEED })).toMatchObject({ failed: 0, complaints: [] })
}, 60_000)

test.each(faults)(
  'is found: %s',
  async (_name, plant) => {
    const { failed } = await tellShortStories({ runs: STORIES, seed: SEED, plant, untilFound: true })
    expect(failed).toBe(1)
  },
  60_000,
)
