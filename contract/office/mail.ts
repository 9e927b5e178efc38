/** Mails and their delivery. */
import { z } from 'zod'
import { plainText } from '../plain-text.ts'
import { route } from '../http/route.ts'
import { tablePage, tableQuery } from './page.ts'

/** queued → sending → sent | bounced (the recipient's server refused the address) | failed (given up); sending → queued: later. */
export const MAIL_STATES = ['queued', 'sending', 'sent', 'bounced', 'failed'] as const
export const MailState = z.enum(MAIL_STATES)
export type MailState = z.infer<typeof MailState>

export const Delivery = z
  .strictObject({
    id: z.int(),
    /** name of the template */
    kind: z.string(),
    recipient: z.string(),
    about: z.strictObject({ kind: z.string(), id: z.string() }),
    state: MailState,
    attempts: z.int(),
    /** why the last attempt did not send it: stage and code, such as `RCPT TO 550` */
    error: z.string().nullable(),
    createdAt: z.iso.datetime(),
    sentAt: z.iso.datetime().nullable(),
    /** of a queued one: not before */
    nextAt: z.iso.datetime().nullable(),
    /** false: it carried a link that lets its bearer in, which is forgotten by now; a new one must be made */
    canBeRepeated: z.boolean(),
    /** the mail that this one repeats */
    repeats: z.int().nullable(),
  })
  .readonly()
  .meta({ id: 'Delivery' })
export type Delivery = z.infer<typeof Delivery>

const OfMail = z.strictObject({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

export const mailApi = {
  listMails: route({
    method: 'get',
    path: '/api/mails',
    summary: 'Mails with what became of them; `search` finds recipients',
    query: tableQuery(['createdAt', 'sentAt']).extend({
      state: MailState.optional(),
      kind: plainText(60).optional(),
      aboutKind: plainText(60).optional(),
      aboutId: plainText(60).optional(),
    }),
    reply: tablePage(Delivery),
    auth: 'person',
  }),
  repeatMail: route({
    method: 'post',
    path: '/api/mails/:id/repeat',
    summary: 'Send the same again, as a new mail; one that waits is tried at once',
    params: OfMail,
    body: z.strictObject({}),
    reply: z.strictObject({ id: z.int() }),
    auth: 'person',
  }),
} as const
