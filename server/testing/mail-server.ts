import type { AddressInfo } from 'node:net'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { MailSettings } from '../mail/start-mail.ts'

export interface ReceivedMail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] }
  readonly raw: string
  readonly parsed: ParsedMail
}

/** What the server says at RCPT or after the message; `hang up`: the message is taken, then the line goes dead. */
export type Answer = { readonly code: number } | 'accept' | 'hang up'

export interface TestMailServer {
  readonly settings: MailSettings
  /** messages it took, in order */
  readonly received: ReceivedMail[]
  /** recipients named to it, also of mails that it then refused */
  readonly asked: string[]
  onRecipient: (address: string) => Answer
  onMessage: (mail: ReceivedMail) => Answer | Promise<Answer>
  stop(): Promise<void>
}

/** A real SMTP server on loopback that does as the test says. Mails try again within a tenth of a second. */
export async function testMailServer(): Promise<TestMailServer> {
  const refusal = (responseCode: number): Error => Object.assign(new Error('Refused by the test'), { responseCode })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      self.asked.push(address)
      const answer = self.onRecipient(address)
      done(typeof answer === 'object' ? refusal(answer.code) : undefined)
    },
    onData(stream, session, done) {
      void (async () => {
        const chunks: Buffer[] = []
        for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
        const raw = Buffer.concat(chunks)
        const { mailFrom, rcptTo } = session.envelope
        const mail: ReceivedMail = {
          envelope: { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) },
          raw: raw.toString('latin1'),
          parsed: await simpleParser(raw),
        }
        const answer = await self.onMessage(mail)
        if (typeof answer === 'object') return done(refusal(answer.code))
        self.received.push(mail)
        if (answer === 'accept') return done()
        // taken, but the sender never hears of it
        for (const connection of server.connections) connection.close()
      })()
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const self: TestMailServer = {
    settings: {
      smtpUrl: `smtp://127.0.0.1:${port}`,
      from: { name: 'Допуск', address: 'dopusk@example.org' },
      patience: { firstMs: 100, longestMs: 100, giveUpMs: 60_000 },
    },
    received: [],
    asked: [],
    onRecipient: () => 'accept',
    onMessage: () => 'accept',
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return self
}
