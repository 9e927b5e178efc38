import type pg from 'pg'
import { SealedEvent, type EventVerdict } from '../../contract/kiosk/admission.ts'
import { databaseAway } from '../db/database-away.ts'
import type { GroupCommit } from '../db/group-commit.ts'
import type { Device } from '../devices/device.ts'
import type { Handlers } from '../http/mount.ts'
import { errorForLog, fieldErrors } from '../http/problem.ts'
import type { OpenedEvent } from '../keys/opening-job.ts'
import type { Visit } from '../visits/visit.ts'
import { ownAccessPoint, type AdmissionParts } from './admission.handlers.ts'
import { followQueue, quarantine } from './queues.store.ts'
import { admissionTold, stampOf, type Story } from './event.ts'
import { recordStories } from './events.store.ts'

export interface EventParts extends Omit<AdmissionParts, 'recorder' | 'checkPass' | 'passKeys'> {
  readonly pool: pg.Pool
  /** Another than that of admissions: a person at a door never waits behind an upload. */
  readonly eventRecorder: GroupCommit<Visit, 'written' | 'there before'>
  readonly openEvents: (jwes: readonly string[]) => Promise<readonly OpenedEvent[]>
  /** a seal key of ours whose private half is on another machine */
  readonly isElsewhere: (kid: string) => boolean
  readonly log: { warn(fields: object, message: string): void }
}

/** What came at a place of the batch, and what becomes of it. */
interface Place {
  readonly raw: unknown
  readonly sealed: SealedEvent | undefined
  verdict: EventVerdict
}

const RETRY: EventVerdict = { verdict: 'retry' }
type Code = Extract<EventVerdict, { verdict: 'rejected' }>['code']
const refused = (code: Code, detail: string): EventVerdict => ({
  verdict: 'rejected',
  code,
  detail: detail.slice(0, 200),
})

export function eventHandlers(parts: EventParts): Pick<Handlers<Device>, 'recordEvents'> {
  const { metrics, clock, pool, eventRecorder, openEvents } = parts
  return {
    recordEvents: async ({ device, body: { queue, events } }) => {
      const now = clock().getTime()
      const places = events.map(placeOf)
      const readable = places.filter((place) => place.sealed !== undefined)
      const opened = await openEvents(readable.map(({ sealed }) => sealed?.jwe ?? ''))
      const stories = storiesOf(readable, opened, places, device, parts, now)
      const { told, failures } = await recordStories(pool, eventRecorder, stories, device.venueId, now)
      const put = (at: number, verdict: EventVerdict): void => {
        const place = places[at]
        if (place) place.verdict = verdict
      }
      told.forEach(({ place, verdict }) => put(place, verdict))
      for (const { story, thrown } of failures) {
        const verdict = databaseAway(thrown) ? RETRY : refused('malformed', 'the database does not take it')
        for (const { place } of [...story.admissions, ...story.resolutions]) put(place, verdict)
      }
      // Not one could be stored: the whole request failed, and says when to come back.
      const [failure] = failures
      if (failure && places.every(({ verdict }) => verdict === RETRY)) throw failure.thrown
      await keepRefused(places, { deviceId: device.id, queue }, parts)
      await follow(places, { deviceId: device.id, queue }, parts)
      for (const { verdict } of places) metrics.events.inc({ verdict: verdict.verdict })
      return { verdicts: places.map(({ verdict }) => verdict) }
    },
  }
}

function placeOf(raw: unknown): Place {
  const parsed = SealedEvent.safeParse(raw)
  if (parsed.success) return { raw, sealed: parsed.data, verdict: RETRY }
  const [first] = fieldErrors(parsed.error)
  return { raw, sealed: undefined, verdict: refused('malformed', `${first?.field ?? ''}: ${first?.message ?? ''}`) }
}

/** Each event on its own; what cannot be read gets its verdict here. In order of first mention. */
function storiesOf(
  readable: readonly Place[],
  opened: readonly OpenedEvent[],
  places: readonly Place[],
  device: Device,
  { venues, restrictions, rules, isElsewhere }: EventParts,
  now: number,
): readonly Story[] {
  const stories = new Map<string, Story>()
  for (const [at, one] of readable.entries()) {
    const result = opened[at]
    if (!result || (result.kind === 'unknown-key' && isElsewhere(result.kid))) continue
    if (result.kind !== 'opened') {
      const opens = result.kind === 'unreadable' && result.why === 'no-envelope'
      const detail = result.kind === 'unknown-key' ? 'jwe: no key of ours' : result.detail
      one.verdict = refused(opens ? 'malformed' : 'unreadable', detail)
      continue
    }
    const { event, ...told } = result.envelope
    const subject = event.kind === 'admission' ? event.request : event.resolution
    const id = subject.id.toLowerCase()
    if (one.sealed?.id.toLowerCase() !== id) {
      one.verdict = refused('unreadable', 'id: not the one that was sealed')
      continue
    }
    const point = ownAccessPoint(venues.current, device, subject.accessPoint)
    if (!point) {
      one.verdict = refused('other-access-point', 'accessPoint: not of your venue')
      continue
    }
    const story: Story = stories.get(id) ?? { id, admissions: [], resolutions: [] }
    stories.set(id, story)
    const place = places.indexOf(one)
    const stamp = stampOf(told)
    if (event.kind === 'resolution') story.resolutions.push({ place, point, resolution: event.resolution, stamp })
    else {
      const pass = result.pass ?? { kind: 'unreadable' }
      const known = { restrictions: restrictions.current, rules: rules.current.rules }
      story.admissions.push({ place, visit: admissionTold(event, { device, point, pass, stamp, now, ...known }) })
    }
  }
  return [...stories.values()]
}

/** The kiosk forgets what is refused, so it is kept here first; where that fails, the kiosk keeps it. */
async function keepRefused(
  places: readonly Place[],
  queue: Parameters<typeof quarantine>[1],
  { pool, log }: EventParts,
): Promise<void> {
  const all = places.flatMap((place) => (place.verdict.verdict === 'rejected' ? [{ place, ...place.verdict }] : []))
  if (all.length === 0) return
  const rows = all.map(({ place: { raw, sealed }, code }) => ({
    seq: sealed?.seq ?? null,
    raw: JSON.stringify(raw),
    why: code,
  }))
  try {
    await quarantine(pool, queue, rows)
  } catch (thrown) {
    log.warn({ error: errorForLog(thrown) }, 'refused events could not be kept')
    for (const { place } of all) place.verdict = RETRY
  }
}

/** A queue with a hole in it is a matter for people; its events are recorded all the same. */
async function follow(
  places: readonly Place[],
  queue: Parameters<typeof followQueue>[1],
  { pool, metrics, log }: EventParts,
): Promise<void> {
  const settled = places.flatMap(({ sealed, verdict }) => (sealed && verdict !== RETRY ? [sealed] : []))
  if (settled.length === 0) return
  try {
    for (const { kind, from, to } of await followQueue(pool, queue, settled)) {
      metrics.queueBreaks.inc({ kind })
      log.warn({ device: queue.deviceId, queue: queue.queue, kind, from, to }, 'a queue does not hold together')
    }
  } catch (thrown) {
    log.warn({ error: errorForLog(thrown) }, 'a queue could not be followed')
  }
}
