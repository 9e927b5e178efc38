import { setTimeout } from 'node:timers/promises'
import type { Actor } from '../audit/audit.store.ts'
import { recordAudit } from '../audit/audit.store.ts'
import { databaseAway } from '../db/database-away.ts'
import type { Sql } from '../db/pool.ts'
import { errorForLog } from '../http/problem.ts'
import type { Job } from '../jobs/jobs.ts'
import { drawPosters, mailPosters } from '../posters/poster-mail.store.ts'
import { joinParticipant, registerVenue, venueAt } from '../register/register.store.ts'
import { inviteColleague } from '../register/staff.store.ts'
import { newVenueCode } from '../venues/venues.store.ts'
import {
  endRun,
  failRow,
  freeRun,
  keepRun,
  leaseRun,
  runsLeft,
  settleRow,
  takeRow,
  waitingLines,
  waitingRow,
} from './lists.store.ts'

export interface ImportParts {
  readonly sql: Sql
  readonly clock: () => Date
  readonly publicUrl: () => string
  readonly log: Record<'error' | 'warn', (fields: object, message: string) => void>
}

/** Takes up lists whose process died, or whose database went away. A run goes on after the job. */
export function importJobs(parts: ImportParts): readonly Job[] {
  const run = async (): Promise<void> => {
    for (const id of await runsLeft(parts.sql)) startImport(parts, id)
  }
  return [{ name: 'imports', cron: '* * * * *', run }]
}

/** Nobody waits for it: a long list takes hours. */
export function startImport(parts: ImportParts, id: number): void {
  runImport(parts, id).catch((thrown: unknown) =>
    parts.log.error({ error: errorForLog(thrown), import: id }, 'a list waits to be taken up again'),
  )
}

/**
 * Registers the rows that wait, each in a transaction of its own: what is done stays done, whatever happens to the next.
 * A row that cannot be registered is marked as failed. Where not even that can be written the database is away: then the
 * list stays half-way until it is taken up again.
 */
async function runImport(parts: ImportParts, id: number): Promise<void> {
  const { sql, clock, log } = parts
  const run = await leaseRun(sql, id)
  if (!run) return
  try {
    for (const line of await waitingLines(sql, id)) {
      await keepRun(sql, id)
      await patiently(() => registerRow(parts, { id, line, ...run })).catch((thrown: unknown) => {
        log.warn({ error: errorForLog(thrown), import: id, line }, 'a row was not taken in')
        return failRow(sql, id, line, 'not-written')
      })
    }
    await endRun(sql, id, clock())
  } finally {
    await freeRun(sql, id).catch(() => undefined)
  }
}

/** Two more tries for what is no fault of the row: a deadlock, a query that took too long, a database that starts anew. */
async function patiently(work: () => Promise<void>): Promise<void> {
  for (const waitMs of [500, 2000]) {
    try {
      return await work()
    } catch (thrown) {
      if (!databaseAway(thrown)) throw thrown
    }
    await setTimeout(waitMs, undefined, { ref: false })
  }
  return work()
}

interface Row {
  readonly id: number
  readonly line: number
  /** mail posters, and invite owners */
  readonly mail: boolean
  /** who confirmed the list */
  readonly accountId: number
}

async function registerRow({ sql, clock, publicUrl }: ImportParts, { id, line, mail, accountId }: Row): Promise<void> {
  const entry = await waitingRow(sql, id, line)
  if (!entry) return
  const { organisation, venue } = entry
  const poster = newVenueCode()
  const origin = publicUrl()
  const attachments = mail ? await drawPosters({ ...venue, poster }, origin, 'ru').catch(() => undefined) : []
  if (!attachments) return failRow(sql, id, line, 'no-poster')
  const actor: Actor = { kind: 'person', accountId, role: 'operator' }
  await sql.transaction().execute(async (tx) => {
    if (!(await takeRow(tx, id, line))) return
    const participant = await joinParticipant(tx, organisation)
    const known = await venueAt(tx, participant.id, { address: venue.address })
    if (known !== undefined) return settleRow(tx, id, line, 'there-before', known)
    const venueId = await registerVenue(tx, participant.id, venue, poster)
    if (mail) {
      const posted = { id: venueId, name: venue.name, address: venue.address, poster }
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
      actor,
      action: 'venue.import',
      object: { kind: 'venue', id: venueId },
      detail: { import: id, line, participant: participant.id },
    })
  })
}
