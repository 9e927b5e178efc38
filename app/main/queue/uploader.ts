/**
 * Tells the server what happened while it could not be told. Never in the way of a check: its own connection, a batch at a
 * time, and after an outage a random start, since 20,000 kiosks come back at the same moment.
 */
import { MAX_EVENTS, type EventVerdict } from '../../../contract/kiosk/admission.ts'
import { assertNever } from '../../../contract/assert-never.ts'
import { BatchRefused, Unreachable, type AdmissionServer, type QueuedEvent, type VisitQueue } from '../ports.ts'

const LONGEST_BACKOFF_MS = 300_000
/** Between two batches of a backlog at most this part of the start's jitter: the others want their turn. */
const PACE = 0.1
/** So often came `retry`: the server will not have it, and says so in no other way. */
const TRIES_AT_MOST = 200

export interface UploaderParts {
  readonly queue: VisitQueue
  readonly server: Pick<AdmissionServer, 'record'>
  readonly linkIsUp: () => boolean
  /** first upload after an outage begins within this time, at random */
  readonly startJitterMs: number
  readonly random?: () => number
  readonly onChange: () => void
  readonly onError: (error: unknown) => void
}

export interface Uploader {
  /** Something was queued, or the link is back. */
  wake(): void
  stop(): void
}

export function createUploader(parts: UploaderParts): Uploader {
  const random = parts.random ?? Math.random
  let timer: NodeJS.Timeout | undefined
  let pacing: NodeJS.Timeout | undefined
  let failures = 0
  let busy = false
  let stopped = false

  const later = (delayMs: number): void => {
    if (stopped || timer !== undefined || busy) return
    timer = setTimeout(() => void drain(), delayMs)
  }
  /** Full jitter (AWS, "Exponential Backoff and Jitter"). */
  const backoff = (): number => random() * Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** failures)

  const pace = (): Promise<void> =>
    new Promise((resolve) => {
      pacing = setTimeout(resolve, random() * parts.startJitterMs * PACE)
    })

  const drain = async (): Promise<void> => {
    timer = undefined
    busy = true
    let notBefore = 0
    try {
      while (!stopped && parts.linkIsUp()) {
        const batch = parts.queue.pending(MAX_EVENTS)
        if (batch.length === 0) break
        await upload(batch, parts, backoff)
        failures = 0
        parts.onChange()
        if (batch.length > 1) await pace()
      }
    } catch (error) {
      failures++
      if (error instanceof Unreachable) notBefore = error.retryAfterMs ?? 0
      else parts.onError(error)
    } finally {
      busy = false
      // What is left was postponed, or failed with the link: the link's return wakes us too.
      if (!stopped && parts.queue.waiting().count > 0) later(Math.max(1000, notBefore) + backoff())
    }
  }

  return {
    wake() {
      later(random() * parts.startJitterMs)
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      clearTimeout(pacing)
    },
  }
}

/** One batch; a batch that is refused for its content is halved until the one bad event stands alone, and is buried. */
async function upload(batch: readonly QueuedEvent[], parts: UploaderParts, backoff: () => number): Promise<void> {
  let verdicts: readonly EventVerdict[]
  try {
    verdicts = await parts.server.record(
      parts.queue.uuid,
      batch.map(({ event }) => event),
    )
  } catch (error) {
    if (!(error instanceof BatchRefused)) throw error
    const [only] = batch
    if (batch.length === 1 && only) {
      parts.queue.bury(only.event.seq, error.message)
      return
    }
    const middle = Math.ceil(batch.length / 2)
    await upload(batch.slice(0, middle), parts, backoff)
    await upload(batch.slice(middle), parts, backoff)
    return
  }
  settle(batch, verdicts, parts.queue, backoff)
}

function settle(
  batch: readonly QueuedEvent[],
  verdicts: readonly EventVerdict[],
  queue: VisitQueue,
  backoff: () => number,
): void {
  const done: number[] = []
  const again: number[] = []
  batch.forEach(({ tries, event: { seq } }, at) => {
    const verdict = verdicts[at]
    switch (verdict?.verdict) {
      case 'stored':
      case 'duplicate':
        return void done.push(seq)
      case 'rejected': {
        queue.bury(seq, `${verdict.code}: ${verdict.detail}`)
        return
      }
      case 'retry':
      case undefined:
        if (tries < TRIES_AT_MOST) return void again.push(seq)
        queue.bury(seq, `retry, ${tries} times`)
        return
      default:
        return assertNever(verdict)
    }
  })
  queue.forget(done)
  queue.postpone(again, 1000 + backoff())
}
