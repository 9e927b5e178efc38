/** The kiosk's clock put to work: fed by replies and signed documents, looked at often, kept over restarts. */
import fs from 'node:fs'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import {
  firstClock,
  keepable,
  looked,
  notBefore,
  offsetAt,
  replied,
  timeAt,
  trustAt,
  type ClockTrust,
  type Reading,
} from './clock.ts'
import type { Stamp } from '../queue/seal.ts'

const Kept = z.object({
  offset: z.number(),
  syncedAt: z.number().exactOptional(),
  jumped: z.number(),
  floor: z.number(),
})

/** How often the jump test is made between scans. */
const LOOK_EVERY_MS = 5000
const KEEP_EVERY_MS = 60_000

export interface KioskTime {
  /** the best guess of the server's time */
  now(): Date
  trust(): ClockTrust
}

export interface KioskClock extends KioskTime {
  read(): Reading
  /** as the device's clock has it, and how far off that is */
  stamp(): Stamp
  replied(sent: Reading, serverTime: number): void
  /** a document signed at that time was seen */
  signedAt(time: Date): void
  start(): void
  stop(): void
}

export interface KioskClockParts {
  readonly file: string
  readonly wall?: () => number
  readonly mono?: () => number
  readonly onTrust: (trust: ClockTrust) => void
  readonly onError: (error: unknown) => void
}

export function openClock({ file, onTrust, onError, ...device }: KioskClockParts): KioskClock {
  const wall = device.wall ?? Date.now
  const mono = device.mono ?? performance.now.bind(performance)
  const read = (): Reading => ({ wall: wall(), mono: mono() })
  let state = firstClock(read(), keptIn(file))
  let told: ClockTrust | undefined
  let keptAt = Number.NEGATIVE_INFINITY
  let timers: NodeJS.Timeout[] = []

  const look = (): Reading => {
    const reading = read()
    state = looked(state, reading)
    const trust = trustAt(state, reading)
    if (trust !== told) onTrust(trust)
    told = trust
    return reading
  }
  const keep = (): void => {
    const reading = look()
    keptAt = reading.mono
    writeFileAtomic(file, JSON.stringify(keepable(state, reading)), { mode: 0o600 }).catch(onError)
  }

  return {
    read,
    now: () => new Date(timeAt(state, look())),
    trust() {
      return trustAt(state, look())
    },
    stamp() {
      const reading = look()
      return { wall: reading.wall, ...offsetAt(state, reading) }
    },
    replied(sent, serverTime) {
      const reading = read()
      state = replied(state, sent, reading, serverTime)
      look()
      if (reading.mono - keptAt >= KEEP_EVERY_MS) keep()
    },
    signedAt(time) {
      state = notBefore(state, time.getTime())
    },
    start() {
      look()
      timers = [setInterval(look, LOOK_EVERY_MS), setInterval(keep, KEEP_EVERY_MS)]
    },
    stop() {
      for (const timer of timers) clearInterval(timer)
    },
  }
}

/** Missing or torn: as if nothing was ever known. */
function keptIn(file: string): z.infer<typeof Kept> | undefined {
  try {
    return Kept.safeParse(JSON.parse(fs.readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}
