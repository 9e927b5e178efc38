import type pg from 'pg'
import type { Job } from '../jobs/jobs.ts'

/** Files can be made anew; that a mail was sent is known for three months, as of all notices. */
const FILES_DAYS = 30
const MAILS_DAYS = 90

/** Nightly: nothing of a mail is kept longer than it is needed. */
export function mailJobs(pool: pg.Pool): readonly Job[] {
  return [{ name: 'mail-retention', cron: '41 1 * * *', run: () => forgetOldMails(pool) }]
}

/** A statement must end before query_timeout (db/pool.ts), however many mails a night finds. */
const BATCH = 1000

export async function forgetOldMails(pool: pg.Pool): Promise<void> {
  const over = "state in ('sent', 'bounced', 'failed') and created_at < clock_timestamp() - $1 * interval '1 day'"
  const inBatches = async (statement: string, days: number): Promise<void> => {
    for (;;) {
      const { rowCount } = await pool.query(statement, [days, BATCH])
      if (rowCount === null || rowCount < BATCH) return
    }
  }
  await inBatches(
    `delete from mail_attachments where (mail_id, position) in
       (select mail_id, position from mail_attachments join mails on mails.id = mail_id where ${over} limit $2)`,
    FILES_DAYS,
  )
  await inBatches(`delete from mails where id in (select id from mails where ${over} limit $2)`, MAILS_DAYS)
}
