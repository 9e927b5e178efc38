import type pg from 'pg'
import type { Job } from '../jobs/jobs.ts'

/** What nobody needs any more: counts that are over, links and sessions that ended, browsers not seen for long. */
export function accountJobs(pool: pg.Pool, clock: () => Date): readonly Job[] {
  return [
    {
      name: 'forget-sessions',
      cron: '20 3 * * *',
      run: async () => {
        const now = clock()
        const daysAgo = (days: number): Date => new Date(now.getTime() - days * 24 * 3600 * 1000)
        await pool.query('delete from attempts where expire < $1', [now.getTime()])
        await pool.query('delete from links where expires_at < $1', [daysAgo(30)])
        await pool.query('delete from sessions where created_at < $1', [daysAgo(90)])
        await pool.query('delete from known_devices where seen_at < $1', [daysAgo(90)])
        await pool.query('delete from known_networks where seen_at < $1', [daysAgo(90)])
      },
    },
  ]
}
