import type pg from 'pg'
import type { EventVerdict } from '../../contract/kiosk/admission.ts'
import { databaseAway } from '../db/database-away.ts'
import type { GroupCommit } from '../db/group-commit.ts'
import { transaction } from '../db/transaction.ts'
import { lockVisits, updateVisit } from '../visits/visits.store.ts'
import type { Visit } from '../visits/visit.ts'
import { tell, type Story } from './event.ts'

export interface Outcome {
  /** `place`: in the batch */
  readonly told: { readonly place: number; readonly verdict: EventVerdict }[]
  readonly failures: { readonly story: Story; readonly thrown: unknown }[]
}

/** New ones are inserted together; those that are there already, or only resolved, are read, told and written back. */
export async function recordStories(
  pool: pg.Pool,
  recorder: GroupCommit<Visit, 'written' | 'there before'>,
  stories: readonly Story[],
  venueId: number,
  now: number,
): Promise<Outcome> {
  const outcome: Outcome = { told: [], failures: [] }
  const known: Story[] = []
  const insert = async (story: Story): Promise<void> => {
    const told = tell(undefined, story, now)
    if (!told.visit || (await recorder.add(told.visit)) === 'there before') known.push(story)
    else outcome.told.push(...told.verdicts)
  }
  await Promise.all(
    stories.map((story) => insert(story).catch((thrown: unknown) => outcome.failures.push({ story, thrown }))),
  )
  if (known.length > 0) await update(pool, venueId, known, outcome, now)
  return outcome
}

async function update(
  pool: pg.Pool,
  venueId: number,
  some: readonly Story[],
  outcome: Outcome,
  now: number,
): Promise<void> {
  try {
    const ids = some.map(({ id }) => id)
    const all = await transaction(pool, async (client) => {
      const recorded = await lockVisits(client, venueId, ids)
      const told = some.map((story) => ({
        before: recorded.get(story.id),
        after: tell(recorded.get(story.id), story, now),
      }))
      for (const { before, after } of told)
        if (after.visit && after.visit !== before) await updateVisit(client, after.visit)
      return told
    })
    all.forEach(({ after }) => outcome.told.push(...after.verdicts))
  } catch (thrown) {
    if (databaseAway(thrown) || some.length === 1) some.forEach((story) => outcome.failures.push({ story, thrown }))
    else for (const story of some) await update(pool, venueId, [story], outcome, now)
  }
}
