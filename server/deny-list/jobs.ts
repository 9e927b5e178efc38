import type { Replica } from '../db/change-feed.ts'
import { nextTurn, type Restrictions } from './restriction.ts'

/** A timer reaches no further than 24.8 days. */
const LONGEST_WAIT_MS = 3_600_000
const AGAIN_AFTER_MS = 2000

export interface Publishing {
  /** Restrictions changed: publish. */
  changed(): void
  stop(): void
}

/** Publishes when restrictions change and when time alone begins or ends one; after a failure, again. */
export function keepPublished(
  restrictions: () => Replica<Restrictions>['current'],
  publish: () => Promise<unknown>,
  onFailure: (thrown: unknown) => void,
): Publishing {
  let timer: NodeJS.Timeout | undefined
  let running = false
  let wanted = 0
  let stopped = false
  const wait = (ms: number): void => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void run(), Math.min(ms, LONGEST_WAIT_MS))
  }
  const waitForTurn = (): void => {
    const now = Date.now()
    // a little after the moment, so that the database's clock has passed it too
    wait((nextTurn(restrictions(), now) ?? Number.POSITIVE_INFINITY) - now + 100)
  }
  const run = async (): Promise<void> => {
    wanted++
    if (running) return
    running = true
    try {
      // what is asked for meanwhile may have come too late for the one that is running
      for (let served = 0; served !== wanted;) {
        served = wanted
        await publish()
      }
      waitForTurn()
    } catch (thrown) {
      onFailure(thrown)
      wait(AGAIN_AFTER_MS)
    } finally {
      running = false
    }
  }
  waitForTurn()
  return {
    changed: () => void run(),
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
