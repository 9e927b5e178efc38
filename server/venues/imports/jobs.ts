import type { Person } from '../../accounts/person.ts'
import { actorOf } from '../../accounts/person.ts'
import { recordAudit } from '../../audit/store.ts'
import type { Sql } from '../../db/pool.ts'
import { drawPosters, mailPosters } from '../codes/mailing/store.ts'
import { joinParticipant, registerVenue, venueAt } from '../register/store.ts'
import { inviteColleague } from '../staff/store.ts'
import { newVenueCode } from '../store.ts'
import { endRun, settleRow, takeRow, waitingLines } from './store.ts'

export interface ImportParts {
  readonly sql: Sql
  readonly clock: () => Date
  readonly publicUrl: () => string
}

/**
 * Registers the rows that wait, each in a transaction of its own: what is done stays done, whatever happens to the next.
 * Two runs of one list share the rows. A row that the database will not take is marked as failed.
 */
export async function runImport(parts: ImportParts, id: number, person: Person): Promise<void> {
  const { sql, clock } = parts
  for (const line of await waitingLines(sql, id)) {
    await registerRow(parts, id, line, person).catch((thrown: unknown) => {
      // a database that is away is no fault of the row: the list stays half-way, and can be taken up again
      if (!(thrown instanceof Error && 'code' in thrown && /^2[23]/.test(String(thrown.code)))) throw thrown
      return settleRow(sql, id, line, 'failed', null)
    })
  }
  await endRun(sql, id, clock())
}

function registerRow({ sql, clock, publicUrl }: ImportParts, id: number, line: number, person: Person): Promise<void> {
  return sql.transaction().execute(async (tx) => {
    const row = await takeRow(tx, id, line)
    if (!row) return
    const { organisation, venue } = row.entry
    const participant = await joinParticipant(tx, organisation)
    const known = await venueAt(tx, participant.id, { address: venue.address })
    if (known !== undefined) return settleRow(tx, id, line, 'there-before', known)
    const poster = newVenueCode()
    const venueId = await registerVenue(tx, participant.id, venue, poster)
    if (row.mail) {
      const origin = publicUrl()
      const posted = { id: venueId, name: venue.name, address: venue.address, poster }
      const attachments = await drawPosters(posted, origin, 'ru')
      const { email } = participant
      await mailPosters(tx, posted, { to: email, locale: 'ru', origin, attachments, replaces: false })
      if (!participant.joined) {
        const name = organisation.contactName ?? organisation.organisation
        const owner = { email, name, role: 'owner', participantId: participant.id, locale: 'ru' } as const
        await inviteColleague(tx, owner, origin, clock)
      }
    }
    await settleRow(tx, id, line, 'registered', venueId)
    await recordAudit(tx, {
      actor: actorOf(person, 'operator'),
      action: 'venue.import',
      object: { kind: 'venue', id: venueId },
      detail: { import: id, line, participant: participant.id },
    })
  })
}
