/** 20,000 kiosks with what queued up in an outage, and the server they come back to, in virtual time. */
import type { EventVerdict } from '../../contract/kiosk/admission.ts'
import { createUploader } from '../../app/main/queue/uploader.ts'
import { Unreachable, type QueuedEvent, type VisitQueue } from '../../app/main/ports.ts'
import type { Random } from '../faults/story.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface Load {
  readonly kiosks: number
  /** how long nothing could be uploaded */
  readonly outageHours: number
  /** of the whole region */
  readonly visitsADay: number
  /** what the server takes, see `npm run bench -- upload` */
  readonly rowsPerSecond: number
}

/** What a kiosk does when the server is back. */
export type Policy =
  /** the kiosk's own uploader */
  | { readonly kind: 'kiosk'; readonly startJitterMs: number }
  /** at once, and again after so long: what is written without thinking */
  | { readonly kind: 'fixed'; readonly retryMs: number }

export interface Outcome {
  /** requests in each second */
  readonly requests: readonly number[]
  /** answered with 503 */
  readonly rejections: number
  /** seconds until the last visit was taken */
  readonly drained: number
  readonly visits: number
}

/** As the server's: more batches than this do not wait, they are told to come again (keys/opening/opener.ts). */
const LONGEST_QUEUE = 64
const RETRY_AFTER_MS = 5000
/** The network's share of an exchange. */
const ROUND_TRIP_MS = 40

const STORED: EventVerdict = { verdict: 'stored' }

export async function reconnect(load: Load, policy: Policy, time: VirtualTime, random: Random): Promise<Outcome> {
  const requests: number[] = []
  const began = time.now()
  let rejections = 0
  let drained = 0
  let visits = 0
  let freeAt = began
  const finishes: number[] = []

  const record = async (rows: number): Promise<void> => {
    const second = Math.floor((time.now() - began) / 1000)
    requests[second] = (requests[second] ?? 0) + 1
    while ((finishes[0] ?? Infinity) <= time.now()) finishes.shift()
    if (finishes.length >= LONGEST_QUEUE) {
      rejections++
      await time.sleep(ROUND_TRIP_MS)
      throw new Unreachable('503', { retryAfterMs: RETRY_AFTER_MS })
    }
    freeAt = Math.max(freeAt, time.now()) + (rows / load.rowsPerSecond) * 1000
    finishes.push(freeAt)
    await time.sleep(freeAt - time.now() + ROUND_TRIP_MS)
    drained = Math.max(drained, time.now() - began)
  }

  const mean = ((load.visitsADay / load.kiosks) * load.outageHours) / 24
  for (let kiosk = 0; kiosk < load.kiosks; kiosk++) {
    // venues differ: exponential, as the long tail of shops and the few stadiums
    const backlog = Math.ceil(-Math.log(1 - random()) * mean)
    visits += backlog
    if (policy.kind === 'kiosk') startKiosk(backlog, policy.startJitterMs, record, random)
    else void insist(backlog, policy.retryMs, record, time)
  }
  await time.run()
  return {
    requests: Array.from(requests, (count: number | undefined) => count ?? 0),
    rejections,
    drained: drained / 1000,
    visits,
  }
}

type Record = (rows: number) => Promise<void>

function startKiosk(backlog: number, startJitterMs: number, record: Record, random: Random): void {
  let left = backlog
  const queue: VisitQueue = {
    uuid: '',
    append: () => Promise.reject(new Error('nobody comes')),
    pending: (limit) =>
      Array.from({ length: Math.min(limit, left) }, (_, seq): QueuedEvent => ({ tries: 0, event: event(seq) })),
    forget: (seqs) => void (left -= seqs.length),
    postpone: () => undefined,
    bury: () => undefined,
    waiting: () => ({ count: left, dead: 0, fill: 0, last: 0 }),
  }
  createUploader({
    queue,
    server: {
      record: async (_, events) => {
        await record(events.length)
        return events.map(() => STORED)
      },
    },
    linkIsUp: () => true,
    startJitterMs,
    random,
    onChange: () => undefined,
    onError: (error) => {
      throw error
    },
  }).wake()
}

const event = (seq: number): QueuedEvent['event'] => ({ id: '', seq, chain: '', jwe: '' })

async function insist(backlog: number, retryMs: number, record: Record, time: VirtualTime): Promise<void> {
  for (let left = backlog; left > 0;) {
    const rows = Math.min(left, 200)
    try {
      await record(rows)
      left -= rows
    } catch {
      await time.sleep(retryMs)
    }
  }
}
