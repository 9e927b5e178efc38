import { actorOf, type OfficeHandlers } from '../accounts/person.ts'
import { recordAudit } from '../audit/audit.store.ts'
import type { NewVenue } from '../../contract/office/venue.ts'
import type { Attachment } from '../mail/mail.ts'
import type { Sql } from '../db/pool.ts'
import { RequestProblem } from '../http/problem.ts'
import { lockApproved, markRegistered } from './approved-applications.store.ts'
import { drawPosters, mailPosters } from '../posters/poster-mail.store.ts'
import { maySettle } from '../venues/scope.ts'
import { inviteColleague } from './staff.store.ts'
import { newVenueCode } from '../venues/venues.store.ts'
import { joinParticipant, participantPage, readParticipant, registerVenue, venueAt } from './register.store.ts'

export interface RegisterParts {
  readonly sql: Sql
  readonly clock: () => Date
  readonly publicUrl: () => string
}
type Names = 'register' | 'participants' | 'participant'

export function registerHandlers(parts: RegisterParts): Pick<OfficeHandlers, Names> {
  const { sql, clock, publicUrl } = parts
  return {
    register: async ({ person, body }) => {
      const { organisation, owner, locale } = body
      const origin = publicUrl()
      const venues: (NewVenue & { poster: string; attachments: readonly Attachment[] })[] = []
      for (const venue of body.venues) {
        const poster = newVenueCode()
        venues.push({ ...venue, poster, attachments: await drawPosters({ ...venue, poster }, origin, locale) })
      }
      const actor = actorOf(person, 'operator')
      return sql.transaction().execute(async (tx) => {
        // first: of two that register the same application the second waits here, and finds it registered
        const application = body.application && (await lockApproved(tx, body.application))
        const participant = await joinParticipant(tx, organisation)
        if (!application) await refuseKnown(tx, participant.id, body.venues)
        const registered = []
        for (const { attachments, poster, ...venue } of venues) {
          const id = await registerVenue(tx, participant.id, venue, poster)
          const posted = { id, name: venue.name, address: venue.address, poster }
          await mailPosters(tx, posted, { to: organisation.email, locale, origin, attachments, replaces: false })
          registered.push({ id, poster })
        }
        await inviteColleague(tx, { ...owner, role: 'owner', participantId: participant.id, locale }, origin, clock)
        if (application) await markRegistered(tx, application, participant.id, person, clock())
        await recordAudit(tx, {
          actor,
          action: 'participant.register',
          object: { kind: 'participant', id: participant.id },
          detail: {
            application: body.application?.id ?? null,
            joined: participant.joined,
            venues: registered.map(({ id }) => id),
          },
        })
        return { participant: participant.id, joined: participant.joined, venues: registered }
      })
    },
    participants: ({ query }) => participantPage(sql, query),
    participant: async ({ person, params: { id } }) => {
      const participant = await readParticipant(sql, id)
      if (
        !participant ||
        !(maySettle(person.grants, id, 'read') || person.grants.some(({ role }) => role === 'auditor'))
      )
        throw new RequestProblem('not-found')
      return participant
    },
  }
}

/** Whoever asks again because the answer was lost registers nothing twice. @throws {RequestProblem} conflict */
async function refuseKnown(tx: Sql, participantId: number, venues: readonly NewVenue[]): Promise<void> {
  for (const [at, venue] of venues.entries())
    if ((await venueAt(tx, participantId, venue)) !== undefined)
      throw new RequestProblem('conflict', [{ field: `venues.${at}.name`, message: 'registered-before' }])
}
