/** Tells the server every minute how this terminal is. Nobody waits for it, and one that fails is not repeated: the next comes. */
import fs from 'node:fs/promises'
import type { Heartbeat, HeartbeatReply } from '../../../contract/kiosk/devices.ts'
import type { KioskStatus } from '../../preload/kiosk-api.ts'
import type { KioskClock } from '../time/kiosk-time.ts'
import type { Held } from '../knowledge/knowledge.ts'
import { Unreachable, type QueueState } from '../ports.ts'

export interface HeartbeatParts {
  readonly version: string
  readonly runtime: string
  readonly dataFolder: string
  readonly status: () => KioskStatus
  readonly queue: () => QueueState
  readonly held: () => Held
  readonly clock: Pick<KioskClock, 'stamp' | 'trust'>
  /** a terminal without a token has nothing to tell, and nobody to tell it */
  readonly isWorking: () => boolean
  readonly send: (told: Heartbeat) => Promise<HeartbeatReply>
  readonly onReply: (reply: HeartbeatReply) => void
  readonly onError: (error: unknown) => void
  readonly random?: () => number
}

export interface HeartbeatSender {
  /** One soon: the terminal has just begun to work. */
  wake(): void
  start(): void
  stop(): void
}

/** ms; the server may ask for another rhythm. */
const EVERY = 60_000
const FIRST = 2000
const LONGEST = 3600_000
/** Of a rhythm, either way: 20,000 terminals must not beat together. */
const JITTER = 0.1
const READERS_TOLD = 16

export function createHeartbeat(parts: HeartbeatParts): HeartbeatSender {
  const random = parts.random ?? Math.random
  const startedAt = new Date().toISOString()
  let seq = 0
  let every = EVERY
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const later = (ms: number): void => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void beat(), ms)
  }
  const beat = async (): Promise<void> => {
    try {
      if (parts.isWorking()) {
        const reply = await parts.send(await told())
        every = Math.min(reply.nextIn * 1000, LONGEST)
        parts.onReply(reply)
      }
    } catch (error) {
      if (!(error instanceof Unreachable)) parts.onError(error)
    } finally {
      later(every * (1 - JITTER + 2 * JITTER * random()))
    }
  }
  const told = async (): Promise<Heartbeat> => {
    const { mode, readers, warnings = [], unrecorded } = parts.status()
    const { count, dead, oldest, fill, last } = parts.queue()
    const { keySet, config, denyList } = parts.held()
    const { offset, uncertainty } = parts.clock.stamp()
    const disk = await diskTaken(parts.dataFolder)
    return {
      seq: ++seq,
      startedAt,
      version: parts.version,
      runtime: parts.runtime.slice(0, 100),
      mode,
      queue: { waiting: count, dead, fill, last, ...(oldest ? { oldest: oldest.toISOString() } : {}) },
      unrecorded,
      ...(denyList
        ? {
            denyList: {
              epoch: denyList.manifest.epoch,
              version: denyList.manifest.version,
              confirmedAt: denyList.confirmedAt.toISOString(),
            },
          }
        : {}),
      ...(keySet ? { keySet: keySet.value.version } : {}),
      ...(config ? { config: config.value.version } : {}),
      clock: {
        trust: parts.clock.trust(),
        ...(offset === undefined ? {} : { offset }),
        ...(uncertainty === undefined ? {} : { uncertainty }),
      },
      readers: readers.slice(0, READERS_TOLD).map(({ kind, name, live, lastRead }) => ({
        kind,
        name: plain(name),
        live,
        ...(lastRead === undefined ? {} : { lastRead }),
      })),
      ...(disk === undefined ? {} : { disk }),
      warnings,
    }
  }
  return {
    wake: () => later(FIRST * random()),
    start: () => later(FIRST + FIRST * random()),
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** A device says its name itself. */
const plain = (name: string): string =>
  name
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
    .slice(0, 200)

/** Of the volume, 0 to 1; `undefined` where the system cannot tell. */
async function diskTaken(folder: string): Promise<number | undefined> {
  try {
    const { blocks, bavail } = await fs.statfs(folder)
    return blocks > 0 ? Math.min(1, Math.max(0, 1 - bavail / blocks)) : undefined
  } catch {
    return undefined
  }
}
