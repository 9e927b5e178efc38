import { domainToASCII } from 'node:url'
import type { SendMailOptions } from 'nodemailer'
import { html } from '../letters/html.ts'
import type { Attachment } from './mail.ts'
import { oneLine } from '../letters/one-line.ts'
import { plainText } from '../letters/plain-text.ts'
import type { Locale } from '../letters/template.ts'
import { letterOf } from '../letters/templates.ts'

export interface Sender {
  readonly name: string
  readonly address: string
}

/** A mail as it lies in the outbox, with all that is needed to write it. */
export interface OutgoingMail {
  readonly kind: string
  readonly values: unknown
  readonly recipient: string
  readonly locale: Locale
  /** uuid */
  readonly messageId: string
  readonly createdAt: Date
  readonly attachments: readonly Attachment[]
}

/**
 * The same message, down to its Message-ID and Date, whenever it is written: where the outcome of an attempt is not
 * known, the recipient's server can tell the second copy from a second mail.
 */
export function messageOf(mail: OutgoingMail, from: Sender): SendMailOptions {
  const letter = letterOf(mail.kind, mail.values, mail.locale)
  const to = onTheWire(mail.recipient)
  const sender = onTheWire(from.address)
  const domain = sender.slice(sender.lastIndexOf('@') + 1)
  return {
    from: { name: oneLine(from.name), address: sender },
    to: { name: '', address: to },
    envelope: { from: sender, to: [to] },
    subject: oneLine(letter.subject),
    text: plainText(letter, mail.locale),
    html: html(letter, mail.locale),
    messageId: `<${mail.messageId}@${domain}>`,
    date: mail.createdAt,
    headers: {
      'Auto-Submitted': 'auto-generated',
      // Exchange does not know the header above
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.locale,
    },
    attachments: mail.attachments.map(({ name, type, bytes }) => ({
      filename: oneLine(name).replaceAll(/[/\\]/g, '-'),
      contentType: type,
      content: bytes,
      contentDisposition: 'attachment',
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** Mail servers that know no Cyrillic domains know their other spelling. */
function onTheWire(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`
}
