import type pg from 'pg'
import type { ChangeFeed, Replica } from '../db/change-feed.ts'
import { listBuilder } from './list-building.io.ts'
import { newestList, publishDenyList, type DenyList } from './list-publishing.store.ts'
import { listedHandles, nextTurn, type Restrictions } from './restriction.ts'
import type { Epoch } from './salts.store.ts'

/** A timer reaches no further than 24.8 days. */
const LONGEST_WAIT_MS = 3_600_000
const AGAIN_AFTER_MS = 2000
/** At most one new version in so long, however many restrictions come. */
const BETWEEN_VERSIONS_MS = 1000

interface ListParts {
  readonly pool: pg.Pool
  readonly feed: ChangeFeed
  readonly epoch: Replica<Epoch>
  readonly restrictions: Replica<Restrictions>
  /** with what the database has on top of what is known */
  readonly refresh: (known: Restrictions) => Promise<Restrictions>
  readonly onChange: () => void
  readonly onFailure: (thrown: unknown) => void
}

export interface KeptList {
  readonly newestList: Replica<DenyList>
  /** Restrictions or the epoch changed: publish. */
  changed(): void
  stop(): void
}

/** Publishes when restrictions change and when time alone begins or ends one; holds the newest list, whoever published it. */
export async function keepList(parts: ListParts): Promise<KeptList> {
  const { pool, feed, epoch, restrictions, refresh, onChange, onFailure } = parts
  let builder = listBuilder(epoch.current)
  let held: DenyList | undefined
  const publish = async (): Promise<DenyList> => {
    if (builder.epoch !== epoch.current.epoch) builder = listBuilder(epoch.current)
    held = await publishDenyList(pool, builder, held, async (now) =>
      listedHandles(await refresh(restrictions.current), now),
    )
    return held
  }
  const first = await publish()
  const newest = await feed.follow<DenyList>(
    'deny_lists',
    async (previous) => (held = (await newestList(pool, epoch.current.epoch, held)) ?? previous ?? first),
    onChange,
  )
  const publishing = keepPublished(() => restrictions.current, publish, onFailure)
  return { newestList: newest, ...publishing }
}

interface Publishing {
  changed(): void
  stop(): void
}

function keepPublished(
  restrictions: () => Restrictions,
  publish: () => Promise<DenyList>,
  onFailure: (thrown: unknown) => void,
): Publishing {
  let timer: NodeJS.Timeout | undefined
  let running = false
  // how often it was asked for; what came while one was running may have come too late for it
  let wanted = 0
  let stopped = false
  let newest: DenyList | undefined
  let newestSince = Number.NEGATIVE_INFINITY
  const runIn = (ms: number): void => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void run(), Math.min(Math.max(ms, 0), LONGEST_WAIT_MS))
  }
  const waitForTurn = (): void => {
    const now = Date.now()
    // a little after the moment, so that the database's clock has passed it too
    runIn((nextTurn(restrictions(), now) ?? Number.POSITIVE_INFINITY) - now + 100)
  }
  /** At once after a quiet second, else when the second is over. */
  const changed = (): void => {
    wanted++
    if (!running) runIn(newestSince + BETWEEN_VERSIONS_MS - performance.now())
  }
  const run = async (): Promise<void> => {
    running = true
    const served = wanted
    try {
      const list = await publish()
      if (list.version !== newest?.version || list.epoch !== newest.epoch) newestSince = performance.now()
      newest = list
    } catch (thrown) {
      onFailure(thrown)
      runIn(AGAIN_AFTER_MS)
      running = false
      return
    }
    running = false
    if (wanted !== served) changed()
    else waitForTurn()
  }
  waitForTurn()
  return {
    changed,
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
