import type { Logger } from 'pino'
import type { ChangeFeed } from '../db/change-feed.ts'
import type { Database } from '../db/pool.ts'
import type { Metrics } from '../http/metrics.ts'
import { waitingMails } from './claims.store.ts'
import type { Sender } from './message.ts'
import { ATTEMPT_MS, startSending, type Sending } from './sending.ts'
import { outboxOnly, smtpDelivery } from './smtp.ts'
import type { Patience } from './attempt.ts'

export interface MailSettings {
  /** absent: in the demonstration mails lie in /demo/outbox, elsewhere they wait */
  readonly smtpUrl: string | undefined
  readonly from: Sender
  readonly patience?: Patience
}
export const NO_MAIL_SERVER: MailSettings = { smtpUrl: undefined, from: { name: '', address: 'dopusk@example.org' } }

interface MailParts {
  readonly db: Database
  readonly log: Logger
  readonly metrics: Metrics
  readonly feed: Pick<ChangeFeed, 'hear'>
  readonly demo: boolean
  readonly settings: MailSettings
}

export function startMail({ db, log, metrics, feed, demo, settings }: MailParts): Sending {
  const { smtpUrl, from, patience } = settings
  const byDemo = demo ? outboxOnly : undefined
  const sending = startSending({
    sql: db.sql,
    log,
    deliver: smtpUrl === undefined ? byDemo : smtpDelivery(smtpUrl, from, ATTEMPT_MS),
    keepSecrets: demo,
    onSettled: (state) => metrics.mails.labels(state).inc(),
    ...(patience && { patience, pollMs: patience.firstMs }),
  })
  feed.hear('mails', () => sending.wake())
  metrics.gauge('dopusk_mails_waiting', 'Mails not sent yet', async () => (await waitingMails(db.sql)).mails)
  metrics.gauge(
    'dopusk_mail_oldest_seconds',
    'Age of the oldest mail not sent yet',
    async () => (await waitingMails(db.sql)).oldestSeconds,
  )
  return sending
}
