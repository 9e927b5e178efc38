import type pg from 'pg'
import { AdmissionEvent, type EventVerdict } from '../../contract/admission.ts'
import { databaseAway } from '../../db/database-away.ts'
import type { GroupCommit } from '../../db/group-commit.ts'
import { transaction } from '../../db/transaction.ts'
import type { Device } from '../../devices/device.ts'
import type { Handlers } from '../../http/mount.ts'
import { fieldErrors } from '../../http/problem.ts'
import { lockVisits, updateVisit } from '../../visits/store.ts'
import type { Visit } from '../../visits/visit.ts'
import { ownAccessPoint, type AdmissionParts } from '../handlers.ts'
import { admissionTold, tell, type Story, type Told } from './event.ts'

export interface EventParts extends Omit<AdmissionParts, 'recorder'> {
  readonly pool: pg.Pool
  /** Another than that of admissions: a person at a door never waits behind an upload. */
  readonly eventRecorder: GroupCommit<Visit, 'written' | 'there before'>
}

const RETRY: EventVerdict = { verdict: 'retry' }
const refused = (code: 'malformed' | 'other-access-point', detail: string): EventVerdict => ({
  verdict: 'rejected',
  code,
  detail: detail.slice(0, 200),
})

export function eventHandlers(parts: EventParts): Pick<Handlers<Device>, 'recordEvents'> {
  const { metrics, clock } = parts
  return {
    recordEvents: async ({ device, body: { events } }) => {
      const now = clock().getTime()
      const verdicts: EventVerdict[] = events.map(() => RETRY)
      const stories = storiesOf(events, verdicts, device, parts, now)
      const failures = await record(stories, verdicts, device.venueId, parts, now)
      // Not one could be stored: the whole request failed, and says when to come back.
      const [failure] = failures
      if (failure && verdicts.every((each) => each === RETRY)) throw failure.thrown
      for (const { verdict } of verdicts) metrics.events.inc({ verdict })
      return { verdicts }
    },
  }
}

/** Each event on its own; what cannot be read gets its verdict here. In order of first mention. */
function storiesOf(
  events: readonly unknown[],
  verdicts: EventVerdict[],
  device: Device,
  { venues, restrictions, keySet, checkPass }: EventParts,
  now: number,
): readonly Story[] {
  const stories = new Map<string, Story>()
  for (const [place, raw] of events.entries()) {
    const parsed = AdmissionEvent.safeParse(raw)
    if (!parsed.success) {
      const [first] = fieldErrors(parsed.error)
      verdicts[place] = refused('malformed', `${first?.field ?? ''}: ${first?.message ?? ''}`)
      continue
    }
    const event = parsed.data
    const subject = event.kind === 'admission' ? event.request : event.resolution
    const point = ownAccessPoint(venues.current, device, subject.accessPoint)
    if (!point) {
      verdicts[place] = refused('other-access-point', 'accessPoint: not of your venue')
      continue
    }
    const id = subject.id.toLowerCase()
    const story: Story = stories.get(id) ?? { id, admissions: [], resolutions: [] }
    stories.set(id, story)
    if (event.kind === 'resolution') story.resolutions.push({ place, point, resolution: event.resolution })
    else {
      const pass = checkPass(event.request.credential, keySet.current)
      const facts = { device, point, pass, restrictions: restrictions.current, now }
      story.admissions.push({ place, visit: admissionTold(event, facts) })
    }
  }
  return [...stories.values()]
}

interface Failure {
  readonly thrown: unknown
}

/** New ones are inserted together; those that are there already, or only resolved, are read, told and written back. */
async function record(
  stories: readonly Story[],
  verdicts: EventVerdict[],
  venueId: number,
  { eventRecorder, pool }: EventParts,
  now: number,
): Promise<readonly Failure[]> {
  const failures: Failure[] = []
  const announce = (told: Told): void => told.verdicts.forEach(({ place, verdict }) => (verdicts[place] = verdict))
  const fail = (story: Story, thrown: unknown): void => {
    failures.push({ thrown })
    const verdict = databaseAway(thrown) ? RETRY : refused('malformed', 'the database does not take it')
    for (const { place } of [...story.admissions, ...story.resolutions]) verdicts[place] = verdict
  }
  const known: Story[] = []
  const insert = async (story: Story): Promise<void> => {
    const told = tell(undefined, story, now)
    if (!told.visit) known.push(story)
    else if ((await eventRecorder.add(told.visit)) === 'there before') known.push(story)
    else announce(told)
  }
  await Promise.all(stories.map((story) => insert(story).catch((thrown: unknown) => fail(story, thrown))))
  if (known.length === 0) return failures
  const update = async (some: readonly Story[]): Promise<void> => {
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
      all.forEach(({ after }) => announce(after))
    } catch (thrown) {
      if (databaseAway(thrown) || some.length === 1) some.forEach((story) => fail(story, thrown))
      else for (const story of some) await update([story])
    }
  }
  await update(known)
  return failures
}
