import { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'

/** Repeated, and safe to repeat. */
export interface Job {
  readonly name: string
  /** UTC */
  readonly cron: string
  readonly run: () => Promise<void>
}

export interface Jobs {
  stop(): Promise<void>
}

/** One process of all runs each turn of a job; one that dies in the middle is taken over by another. */
export async function startJobs(url: string, jobs: readonly Job[], log: Logger): Promise<Jobs> {
  const boss = new PgBoss({ connectionString: url, max: 2, application_name: 'dopusk-jobs' })
  boss.on('error', (error) => log.warn({ error: error.name }, 'the job queue failed'))
  await boss.start()
  for (const { name, cron, run } of jobs) {
    await boss.createQueue(name, { retryLimit: 3, retryBackoff: true })
    await boss.work(name, async () => {
      await run()
      log.info({ job: name }, 'job done')
    })
    await boss.schedule(name, cron)
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 3000 }) }
}
