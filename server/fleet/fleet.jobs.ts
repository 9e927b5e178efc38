import type { Sql } from '../db/pool.ts'
import type { Job } from '../jobs/jobs.ts'
import { dropOldReports, markSilent } from './heartbeats.store.ts'
import { forgetAssertions } from '../devices/tokens.store.ts'

/** An assertion is good for a minute, and thirty seconds of clocks that are off. */
const ASSERTIONS_KEPT_MS = 5 * 60_000

export function deviceJobs(db: Sql, clock: () => Date): readonly Job[] {
  return [
    { name: 'devices-silent', cron: '* * * * *', run: async () => void (await markSilent(db, clock())) },
    {
      name: 'devices-tidy',
      cron: '*/15 * * * *',
      run: async () => {
        await forgetAssertions(db, new Date(clock().getTime() - ASSERTIONS_KEPT_MS))
        await dropOldReports(db, clock())
      },
    },
  ]
}
