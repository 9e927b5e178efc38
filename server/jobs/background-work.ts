import type { Logger } from 'pino'
import { errorForLog } from '../http/problem.ts'

export interface BackgroundWork {
  /** Work that an answer does not wait for. */
  readonly run: (work: Promise<void>) => void
  /** Ends with all that was begun. */
  idle(): Promise<void>
}

export function backgroundWork(log: Logger): BackgroundWork {
  const running = new Set<Promise<void>>()
  return {
    run: (work) => {
      const caught = work
        .catch((thrown: unknown) => log.error({ error: errorForLog(thrown) }, 'work after an answer failed'))
        .finally(() => running.delete(caught))
      running.add(caught)
    },
    idle: async () => void (await Promise.all(running)),
  }
}
