import { createTransport, type SendMailOptions } from 'nodemailer'
import { outcomeOf, type Outcome } from './attempt.ts'
import { messageOf, type OutgoingMail, type Sender } from './message.ts'

/** Hands one mail on. Never throws: what went wrong is an outcome. */
export type Deliver = (mail: OutgoingMail, signal: AbortSignal) => Promise<Outcome>

/**
 * A connection a mail. STARTTLS where the server offers it; `smtps://` or `?requireTLS=true` insist on it. An attempt
 * that takes longer than `limitMs` is broken off: the outcome is not known then.
 */
export function smtpDelivery(url: string, from: Sender, limitMs: number): Deliver {
  const waits = { connectionTimeout: 15_000, greetingTimeout: 15_000, dnsTimeout: 10_000, socketTimeout: 60_000 }
  const separator = url.includes('?') ? '&' : '?'
  const transport = createTransport(`${url}${separator}${new URLSearchParams(numbersAsTexts(waits)).toString()}`)
  return async (mail, signal) => {
    let message: SendMailOptions
    try {
      message = messageOf(mail, from)
    } catch {
      // its template is none of ours, or lacks a value: no later attempt would do better
      return { kind: 'refused', error: 'cannot be written' }
    }
    try {
      await transport.sendMail({ ...message, signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]) })
      return { kind: 'sent' }
    } catch (thrown) {
      return outcomeOf(thrown)
    }
  }
}

const numbersAsTexts = (values: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))

/** The demonstration without a mail server: /demo/outbox is where its mails are read. */
export const outboxOnly: Deliver = () => Promise.resolve({ kind: 'sent' })
