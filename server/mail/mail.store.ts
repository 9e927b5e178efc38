import { Email } from '../../contract/email.ts'
import type { Sql } from '../db/pool.ts'
import type { Mail } from './mail.ts'
import { letterOf } from '../letters/templates.ts'

/**
 * Writes the mail into the outbox. Given a transaction it commits or is undone with the fact it tells of; senders see it
 * after the commit and are woken by it.
 *
 * The row is the queue: a job beside it in pg-boss would be a second account of the same thing that can disagree with
 * what the Operator sees, and pg-boss's tables are there only once a server has started its jobs.
 *
 * @throws where the address is none, or a value of the template is missing: before anything is written
 */
export async function enqueueMail(tx: Sql, mail: Mail): Promise<{ id: number }> {
  const { kind, values, locale, about, attachments = [] } = mail
  const recipient = Email.parse(mail.to)
  letterOf(kind, values, locale)
  const { id } = await tx
    .insertInto('mails')
    .values({
      kind,
      values: JSON.stringify(values),
      recipient,
      locale,
      about_kind: about.kind,
      about_id: String(about.id),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (attachments.length > 0) {
    await tx
      .insertInto('mail_attachments')
      .values(attachments.map(({ name, type, bytes }, position) => ({ mail_id: id, position, name, type, bytes })))
      .execute()
  }
  return { id: Number(id) }
}
