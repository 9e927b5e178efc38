/** What the server does with a list: build it from handles, find the difference, write the new version down. */
import { randomBytes } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { listBuilder } from '../../server/deny-list/list-building.io.ts'
import { deltaBetween, withDelta } from '../../server/deny-list/delta.ts'
import { publishDenyList } from '../../server/deny-list/list-publishing.store.ts'
import { newestEpoch } from '../../server/deny-list/salts.store.ts'
import { newHandle } from '../../server/passes/pass-signing.io.ts'
import { percentile, type Metrics } from '../report.ts'
import { ground } from '../server-process.ts'

const delay = monitorEventLoopDelay({ resolution: 1 })

/** `blocked`: the longest that nothing else could run meanwhile, ms. */
async function timed<T>(
  work: () => Promise<T> | T,
): Promise<{ readonly ms: number; readonly blocked: number; readonly value: T }> {
  await sleep(5)
  delay.reset()
  delay.enable()
  const started = performance.now()
  const value = await work()
  const ms = performance.now() - started
  delay.disable()
  return { ms, blocked: delay.max / 1e6, value }
}

const ROUNDS = 10

export async function serverPart(entries: number): Promise<Metrics> {
  const place = await ground()
  try {
    const builder = listBuilder(await newestEpoch(place.db.sql))
    const handles = Array.from({ length: entries }, () => newHandle(randomBytes))
    const first = await timed(() => builder.build(handles))
    let held = await publishDenyList(place.db.pool, builder, undefined, async () => handles)
    const rebuilt: number[] = []
    const deltas: number[] = []
    const published: number[] = []
    const blocks: number[] = []
    let before: Uint8Array = first.value
    for (let round = 0; round < ROUNDS; round++) {
      // a day's change: one in a hundred goes, as many come
      const some = Math.ceil(entries / 100)
      handles.splice(round * some, some, ...Array.from({ length: some }, () => newHandle(randomBytes)))
      const again = await timed(() => builder.build(handles))
      rebuilt.push(again.ms)
      blocks.push(again.blocked)
      const delta = await timed(() => deltaBetween(before, again.value))
      if (!withDelta(before, delta.value)) throw new Error('the delta is not one of the list')
      deltas.push(delta.ms)
      before = again.value
      const list = held
      const publication = await timed(() => publishDenyList(place.db.pool, builder, list, async () => handles))
      held = publication.value
      published.push(publication.ms)
      blocks.push(publication.blocked)
    }
    return {
      entries,
      build_first_ms: first.ms,
      build_ms: percentile(rebuilt, 50),
      delta_ms: percentile(deltas, 50),
      publish_ms: percentile(published, 50),
      block_first_ms: first.blocked,
      block_p50_ms: percentile(blocks, 50),
      longest_block_ms: Math.max(...blocks),
    }
  } finally {
    await place.clear()
  }
}
