import type { Sql } from '../db/pool.ts'
import type { Job } from '../jobs/jobs.ts'
import { deleteFiles } from './files.store.ts'
import { deleteLeftDrafts } from './applications.store.ts'

/** Personal data that was typed and never sent is not kept longer than somebody might still come back to it. */
const KEPT_DAYS = 30

export function applicationJobs(sql: Sql, files: string, clock: () => Date): readonly Job[] {
  const run = async (): Promise<void> => {
    const before = new Date(clock().getTime() - KEPT_DAYS * 24 * 3600 * 1000)
    const gone = await sql.transaction().execute((tx) => deleteLeftDrafts(tx, before))
    await deleteFiles(files, gone)
  }
  return [{ name: 'application-drafts', cron: '20 0 * * *', run }]
}
