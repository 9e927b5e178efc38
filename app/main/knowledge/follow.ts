/**
 * Keeps what the kiosk knows as new as the server has it: at once when the stream or any reply tells of something newer,
 * and by polling as the floor. One sync at a time; a list whose bytes were wrong is tried again later and later.
 */
import type { Versions } from '../../../contract/kiosk/api.ts'
import type { KioskWarning } from '../../preload/kiosk-api.ts'
import type { ListSeen } from './deny-list.ts'
import type { KioskClock } from '../time/kiosk-time.ts'
import type { Known } from './known.ts'
import type { Log } from '../log.ts'
import { Unreachable } from '../ports.ts'
import { sealKeyOf } from '../queue/seal.ts'
import type { SignerOf } from './signed-document.ts'
import { isLeaseOver, syncConfig, syncDenyList, syncKeys, type Refusal, type Source, type SyncStep } from './sync.ts'

export interface FollowParts {
  readonly known: Known
  readonly source: Source
  readonly roots: SignerOf
  readonly clock: Pick<KioskClock, 'now' | 'signedAt'>
  readonly log: Log
  readonly warn: (warning: KioskWarning, holds: boolean) => void
  readonly onChange: () => void
  /** whether polling makes sense, and how long until the next, milliseconds */
  readonly linkIsUp: () => boolean
  readonly pollEveryMs: () => number
  readonly random?: () => number
}

export interface Follow {
  /** Everything, now; resolves when it is done. @throws {Unreachable} */
  sync(): Promise<void>
  /** The stream tells what is newest. */
  versions(versions: Versions): void
  /** A reply tells which list is newest. */
  newestList(newest: ListSeen): void
  /** Another server is followed: what was told of the one before says nothing of its versions. */
  anew(): void
  start(): void
  stop(): void
}

const NOTHING_HINTED: ListSeen = { epoch: 0, version: 0 }
const LONGEST_BACKOFF_MS = 300_000
/** How often the lease of the list is looked at. */
const LEASE_EVERY_MS = 60_000

export function createFollow(parts: FollowParts): Follow {
  const { known, clock, log, warn } = parts
  const random = parts.random ?? Math.random
  let running: Promise<void> | undefined
  let wanted = false
  let hinted = NOTHING_HINTED
  let listFailures = 0
  let listNotBefore = Number.NEGATIVE_INFINITY
  let poll: NodeJS.Timeout | undefined
  let lease: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined
  let failures = 0
  let refusals: Refusal[] = []

  const step = async (work: SyncStep): Promise<void> => {
    const before = known.held()
    const next = await work(before, {
      source: parts.source,
      roots: parts.roots,
      now: clock.now,
      onSigned: clock.signedAt,
      onRefused: (refusal) => refusals.push(refusal),
    })
    // Wiped meanwhile: what was fetched for the old state is not taken.
    if (next === before || known.held() !== before) return
    known.take(next)
    parts.onChange()
  }

  const syncOnce = async (): Promise<void> => {
    refusals = []
    await step(syncKeys)
    await step(syncConfig)
    const listIsDue = performance.now() >= listNotBefore
    if (listIsDue) await step(syncDenyList)
    const spoilt = refusals.some(({ document, why }) => document === 'denyList' && why === 'not-of-its-manifest')
    if (listIsDue) listFailures = spoilt ? listFailures + 1 : 0
    if (spoilt) listNotBefore = performance.now() + random() * Math.min(LONGEST_BACKOFF_MS, 2000 * 2 ** listFailures)
    for (const refusal of refusals) log.warn(refusal, 'a document was refused: what is held stays')
    warn(
      'rolled-back',
      refusals.some(({ why }) => why === 'rolled-back'),
    )
    warn(
      'document-refused',
      refusals.some(({ why }) => why !== 'rolled-back'),
    )
    warn('no-seal-key', known.held().keySet !== undefined && !sealKeyOf(known.held().keySet?.value))
  }

  const isWanted = (): boolean => wanted
  const run = async (): Promise<void> => {
    wanted = false
    try {
      await syncOnce()
    } finally {
      running = undefined
      if (isWanted()) syncSoon()
    }
  }
  const sync = (): Promise<void> => {
    running ??= run()
    return running
  }
  /** Something is newer than when a running sync began: once more after it. */
  const syncSoon = (): void => {
    wanted = running !== undefined
    clearTimeout(retry)
    sync().then(
      () => {
        failures = 0
      },
      (error: unknown) => {
        if (!(error instanceof Unreachable)) log.error({ error }, 'sync')
        // Where the link is down, its probe syncs when it is back.
        retry = setTimeout(
          () => {
            if (parts.linkIsUp()) syncSoon()
          },
          random() * Math.min(LONGEST_BACKOFF_MS, 2000 * 2 ** failures++),
        )
      },
    )
  }
  const pollLater = (): void => {
    poll = setTimeout(
      () => {
        if (parts.linkIsUp()) syncSoon()
        pollLater()
      },
      parts.pollEveryMs() * (0.8 + 0.4 * random()),
    )
  }
  const endLease = (): void => {
    if (!isLeaseOver(known.held(), clock.now())) return
    log.warn('the lease of the deny list is over: its entries are wiped')
    known.dropList()
    parts.onChange()
  }

  return {
    sync,
    versions({ keys, config, denyList }) {
      const held = known.held()
      const isNewer =
        keys > (held.keySet?.value.version ?? -1) ||
        config > (held.config?.value.version ?? -1) ||
        isAfter(denyList, held.denyList?.manifest)
      if (isNewer) syncSoon()
    },
    newestList(newest) {
      // A hint is followed once: where it leads nowhere, polling is enough.
      if (!isAfter(newest, hinted)) return
      hinted = newest
      if (isAfter(newest, known.held().denyList?.manifest)) syncSoon()
    },
    anew() {
      hinted = NOTHING_HINTED
      listFailures = 0
      listNotBefore = Number.NEGATIVE_INFINITY
      // one that runs was begun for the other: once more after it
      wanted = running !== undefined
    },
    start() {
      endLease()
      syncSoon()
      pollLater()
      lease = setInterval(endLease, LEASE_EVERY_MS)
    },
    stop() {
      clearTimeout(poll)
      clearTimeout(retry)
      clearInterval(lease)
    },
  }
}

const isAfter = (one: ListSeen, other: ListSeen | undefined): boolean =>
  other === undefined || one.epoch > other.epoch || (one.epoch === other.epoch && one.version > other.version)
