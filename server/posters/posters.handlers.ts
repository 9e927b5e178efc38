import { actorOf, type OfficeHandlers } from '../accounts/person.ts'
import { recordAudit } from '../audit/audit.store.ts'
import { typedCode, VENUE_CODE } from '../../contract/office/venue-code.ts'
import { posterPdf } from '../documents/poster.ts'
import { RequestProblem } from '../http/problem.ts'
import { venueFor, type ChangeParts } from '../venues/changes.handlers.ts'
import { readVenue, replaceCode, type LockedVenue } from '../venues/changes.store.ts'
import { maySettle } from '../venues/scope.ts'
import { newVenueCode } from '../venues/venues.store.ts'
import { drawPosters, mailboxOf, mailPosters } from './poster-mail.store.ts'
import { posterFileName, posterOfVenue } from './poster-file.ts'
import { posterOf } from './posters.store.ts'

interface Parts extends ChangeParts {
  readonly publicUrl: () => string
}
type Names = 'venueByCode' | 'checkPoster' | 'reissueCode' | 'poster' | 'mailPoster'

export function codeHandlers({ sql, publicUrl }: Parts): Pick<OfficeHandlers, Names> {
  return {
    venueByCode: async ({ params }) => {
      const code = params.code.toUpperCase()
      if (!VENUE_CODE.test(code)) return { kind: 'unknown' }
      return (await posterOf(sql, code)).answer
    },
    checkPoster: async ({ person, body }) => {
      const typed = typedCode(body.text)
      if (typed.kind !== 'code') return { kind: typed.kind }
      const { answer, venueId, participantId } = await posterOf(sql, typed.code)
      const own = venueId !== undefined && maySettle(person.grants, participantId, 'read')
      return { ...answer, code: typed.code, own }
    },
    reissueCode: async ({ person, params: { id }, body }) => {
      const origin = publicUrl()
      const before = await readVenue(sql, id)
      const code = newVenueCode()
      const attachments = before ? await drawPosters({ ...before, poster: code }, origin, 'ru') : []
      await sql.transaction().execute(async (tx) => {
        const { venue } = await venueFor(tx, person, id, 'reissue')
        // two who press at once make one new code
        if (venue.poster !== body.current)
          throw new RequestProblem('conflict', [{ field: 'current', message: 'is-replaced' }])
        await replaceCode(tx, id, code)
        const to = await mailboxOf(tx, venue.participantId)
        if (to !== undefined)
          await mailPosters(tx, { ...venue, poster: code }, { to, origin, attachments, locale: 'ru', replaces: true })
        await recordAudit(tx, {
          actor: actorOf(person, 'operator', 'owner'),
          action: 'venue.reissue',
          object: { kind: 'venue', id },
          detail: { before: body.current, after: code },
        })
      })
      return { poster: code }
    },
    poster: async ({ person, params: { id }, query: { size, locale }, setHeaders }) => {
      const venue = posted(await readVenue(sql, id), (participantId) => maySettle(person.grants, participantId, 'read'))
      setHeaders({ 'cache-control': 'no-store' })
      return {
        type: 'application/pdf',
        name: posterFileName(venue.name, venue.poster, size, locale),
        bytes: await posterPdf(posterOfVenue(venue, venue.poster, publicUrl(), size)),
      }
    },
    mailPoster: async ({ person, params: { id } }) => {
      const origin = publicUrl()
      const venue = posted(await readVenue(sql, id), (participantId) =>
        maySettle(person.grants, participantId, 'change'),
      )
      const to = await mailboxOf(sql, venue.participantId)
      if (to === undefined) throw new RequestProblem('conflict', [{ field: 'participant', message: 'no-mailbox' }])
      const attachments = await drawPosters(venue, origin, 'ru')
      return sql.transaction().execute(async (tx) => {
        const mail = await mailPosters(tx, venue, { to, origin, attachments, locale: 'ru', replaces: false })
        await recordAudit(tx, {
          actor: actorOf(person, 'operator', 'owner'),
          action: 'venue.mail-poster',
          object: { kind: 'venue', id },
        })
        return { mail: mail.id }
      })
    },
  }
}

/** A venue that may have a poster. @throws {RequestProblem} not-found, conflict: it is closed */
function posted(
  venue: LockedVenue | undefined,
  may: (participantId: number | null) => boolean,
): LockedVenue & { readonly poster: string } {
  if (!venue || !may(venue.participantId)) throw new RequestProblem('not-found')
  const { poster } = venue
  if (poster === null || venue.state === 'closed')
    throw new RequestProblem('conflict', [{ field: 'state', message: `is-${venue.state}` }])
  return { ...venue, poster }
}
