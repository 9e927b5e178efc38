import type { Logger } from 'pino'
import type { Sql } from '../db/pool.ts'
import { PATIENCE, settle, type Patience, type Settled } from './attempt.ts'
import { claimMail, settleMail, waitingMails, type ClaimedMail } from './claims.store.ts'
import type { Deliver } from './smtp.ts'

export interface Sending {
  /** There may be a due mail. */
  wake(): void
  /** Takes no more, waits for those on their way. */
  stop(): Promise<void>
}

export interface SendingParts {
  readonly sql: Sql
  readonly log: Logger
  /** absent: mails wait, and an error in the log says so once */
  readonly deliver: Deliver | undefined
  readonly keepSecrets: boolean
  readonly onSettled: (state: Settled['state']) => void
  readonly random?: () => number
  readonly patience?: Patience
  /** between looks, where nothing wakes it: notifications are lost while disconnected */
  readonly pollMs?: number
}

/** An attempt is broken off before its mail is given to another sender. */
export const ATTEMPT_MS = 120_000
/** The server is asked to stop: attempts get so long to end, then they are broken off. */
const STOP_MS = 3000
const LEASE_MS = 300_000
/** Mails on their way at once. */
const LANES = 4
/** A mail that takes its senders down with it is given up. */
const MOST_ATTEMPTS = 200

/**
 * Sends what lies in the outbox. Any number of servers may do so at once: a mail is one sender's at a time. Where a
 * sender dies, or the connection is lost after the message was handed over and before it was acknowledged, the same
 * message is sent again: better twice than never, and both carry one Message-ID.
 */
export function startSending(parts: SendingParts): Sending {
  const { sql, log, deliver, keepSecrets, onSettled } = parts
  const random = parts.random ?? Math.random
  const patience = parts.patience ?? PATIENCE
  const lanes = new Set<Promise<void>>()
  const breakOff = new AbortController()
  let stopped = false
  let complained = false

  const attempt = async (send: Deliver, mail: ClaimedMail): Promise<void> => {
    const outcome = await send(mail, breakOff.signal)
    const settled: Settled =
      mail.attempts > MOST_ATTEMPTS && outcome.kind === 'later'
        ? { state: 'failed', error: outcome.error }
        : settle(outcome, mail, random(), patience)
    await settleMail(sql, mail, settled, keepSecrets)
    onSettled(settled.state)
    const line = { mail: mail.id, kind: mail.kind, attempts: mail.attempts, state: settled.state }
    if (settled.state === 'sent') log.info(line, 'mail sent')
    else log.warn({ ...line, error: settled.error }, 'mail not sent')
  }
  const lane = async (send: Deliver): Promise<void> => {
    for (;;) {
      if (stopped) return
      const mail = await claimMail(sql, LEASE_MS)
      if (!mail) return
      wake()
      await attempt(send, mail)
    }
  }
  const complain = async (): Promise<void> => {
    const { mails } = await waitingMails(sql)
    if (mails === 0 || complained) return
    complained = true
    log.error({ mails }, 'mails wait: SMTP_URL is not set')
  }
  const wake = (): void => {
    if (stopped || lanes.size >= LANES) return
    const run = (deliver ? lane(deliver) : complain())
      .catch((thrown: unknown) =>
        log.warn({ error: thrown instanceof Error ? thrown.name : 'unknown' }, 'the outbox could not be read'),
      )
      .finally(() => lanes.delete(run))
    lanes.add(run)
  }
  const timer = setInterval(wake, parts.pollMs ?? 5000)
  wake()
  return {
    wake,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      const impatience = setTimeout(() => breakOff.abort(), STOP_MS)
      await Promise.all(lanes)
      clearTimeout(impatience)
    },
  }
}
