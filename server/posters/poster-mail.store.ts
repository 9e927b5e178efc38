import { PosterSize } from '../../contract/office/venue.ts'
import type { Sql } from '../db/pool.ts'
import { posterPdf } from '../documents/poster.ts'
import type { Attachment } from '../mail/mail.ts'
import { enqueueMail } from '../mail/mail.store.ts'
import { posterFileName, posterOfVenue } from './poster-file.ts'

export interface Posted {
  readonly id: number
  readonly name: string
  readonly address: string
  readonly poster: string
}

/** All three sizes, drawn before a transaction is begun: it takes some tenths of a second. */
export async function drawPosters(
  venue: Omit<Posted, 'id'>,
  origin: string,
  locale: 'ru' | 'en',
): Promise<readonly Attachment[]> {
  const attachments: Attachment[] = []
  for (const size of PosterSize.options) {
    attachments.push({
      name: posterFileName(venue.name, venue.poster, size, locale),
      type: 'application/pdf',
      bytes: await posterPdf(posterOfVenue(venue, venue.poster, origin, size)),
    })
  }
  return attachments
}

export function mailPosters(
  tx: Sql,
  venue: Posted,
  mail: {
    readonly to: string
    readonly locale: 'ru' | 'en'
    readonly origin: string
    readonly attachments: readonly Attachment[]
    readonly replaces: boolean
  },
): Promise<{ id: number }> {
  const { to, locale, origin, attachments, replaces } = mail
  return enqueueMail(tx, {
    kind: 'poster',
    values: { venueName: venue.name, address: venue.address, link: `${origin}/cabinet/venues/${venue.id}`, replaces },
    to,
    locale,
    about: { kind: 'venue', id: venue.id },
    attachments,
  })
}

/** Where the Participant's mail goes; `undefined`: the venue has none. */
export async function mailboxOf(db: Sql, participantId: number | null): Promise<string | undefined> {
  if (participantId === null) return undefined
  const row = await db.selectFrom('participants').select('email').where('id', '=', participantId).executeTakeFirst()
  return row?.email
}
