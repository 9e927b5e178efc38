import type pg from 'pg'
import type { Job } from '../jobs/jobs.ts'
import { makePartitions } from './partitions.store.ts'

/** Twice a day, though one run lasts two weeks: a failed one is no hurry. */
export function visitJobs(pool: pg.Pool, clock: () => Date): readonly Job[] {
  return [
    {
      name: 'visit-partitions',
      cron: '17 3,15 * * *',
      run: async () => void (await makePartitions(pool, clock().getTime())),
    },
  ]
}
