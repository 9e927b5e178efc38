import type { ReceivedMail, TestMailServer } from '../../server/testing/mail-server.ts'

/** Mails a person has read; the next one is waited for. */
export interface Mailbox {
  /** The next mail to that address whose subject matches. */
  next(address: string, subject: RegExp): Promise<ReceivedMail>
}

const PATIENCE_MS = 20_000

export function mailbox({ received }: TestMailServer): Mailbox {
  const read = new Set<ReceivedMail>()
  return {
    async next(address, subject) {
      for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
        const mail = received.find(
          (one) => !read.has(one) && one.envelope.to.includes(address) && subject.test(one.parsed.subject ?? ''),
        )
        if (mail) {
          read.add(mail)
          return mail
        }
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      throw new Error(`no mail ${subject} came within ${PATIENCE_MS / 1000} s`)
    },
  }
}

/** The first link in a mail's text that has a secret behind its #. @returns that secret */
export function secretIn({ parsed }: ReceivedMail): string {
  const link = /https?:\/\/\S+#(?:\S*=)?([\w-]{22,43})/.exec(parsed.text ?? '')
  if (link?.[1] === undefined) throw new Error('the mail has no link')
  return link[1]
}
