import type pg from 'pg'
import type { Job } from '../jobs/jobs.ts'

/** Files can be made anew; that a mail was sent is known for three months, as of all notices. */
const FILES_DAYS = 30
const MAILS_DAYS = 90

/** Nightly: nothing of a mail is kept longer than it is needed. */
export function mailJobs(pool: pg.Pool): readonly Job[] {
  return [{ name: 'mail-retention', cron: '41 1 * * *', run: () => forgetOldMails(pool) }]
}

export async function forgetOldMails(pool: pg.Pool): Promise<void> {
  const over = "state in ('sent', 'bounced', 'failed')"
  await pool.query(
    `delete from mail_attachments where mail_id in
       (select id from mails where ${over} and created_at < clock_timestamp() - $1 * interval '1 day')`,
    [FILES_DAYS],
  )
  await pool.query(
    `update mails set repeats = null where repeats in
       (select id from mails where ${over} and created_at < clock_timestamp() - $1 * interval '1 day')`,
    [MAILS_DAYS],
  )
  await pool.query(`delete from mails where ${over} and created_at < clock_timestamp() - $1 * interval '1 day'`, [
    MAILS_DAYS,
  ])
}
