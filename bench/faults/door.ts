/** One door of a story: a kiosk process behind its own network, and what it told of each scan. */
import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { z } from 'zod'
import { ended, kioskEnvironment, type ServerProcess } from '../../e2e/world.ts'
import { cutPower, diskNow, type Disk } from './disk.ts'
import { pause } from './pause.ts'
import type { Proxy } from './proxy.ts'

const Told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('shown'), state: z.string(), reason: z.string().optional() }),
  z.object({ kind: z.literal('opened') }),
  z.object({ kind: z.literal('not-recorded') }),
  z.object({ kind: z.literal('waiting'), count: z.number(), dead: z.number(), link: z.string() }),
])
type Told = z.infer<typeof Told>

export interface Presentation {
  readonly handle: string
  readonly text: string
  readonly restricted: boolean
  /** what the screen said of it; `undefined` where the kiosk died before it said anything */
  result?: string
  opened: boolean
  /** the kiosk said that it could not write it down */
  unrecorded?: boolean
}

export interface Door {
  readonly folder: string
  readonly proxy: Proxy
  /** what the kiosk wrote to its log */
  readonly log: string[]
  scan(presentation: Presentation): Promise<void>
  setClock(off: number): void
  kill(): Promise<void>
  cutPower(): Promise<void>
  start(smallDisk?: boolean): Promise<void>
  /** Events on disk that the server has not taken yet, and those it never will. */
  waiting(): Promise<{ readonly count: number; readonly dead: number }>
}

const RESULTS = new Set(['granted', 'denied', 'check', 'unreadable'])
/** A kiosk that was killed before it had kept what it learnt, and now cannot learn, stays out of order: so be it. */
const READY_WITHIN_MS = 5000
/** The empty file takes half of it. */
const SMALL_DISK_BYTES = 16 * 4096

export interface DoorParts {
  readonly folder: string
  readonly proxy: Proxy
  readonly demo: ServerProcess['demo']
  /** a code for the server behind this address */
  readonly enrolment: (url: string) => Promise<string>
  readonly random: () => number
  readonly onOpened: (presentation: Presentation) => Promise<void>
}

export function makeDoor(parts: DoorParts): Door {
  const { folder, proxy, demo, random, onOpened } = parts
  let enrolment = ''
  let child: ChildProcess | undefined
  let clockOff = 0
  let kept: Disk | undefined
  let listeners: ((told: Told | 'died') => void)[] = []
  const log: string[] = []
  const until = <T>(pick: (told: Told | 'died') => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const listener = (told: Told | 'died'): void => {
        const picked = pick(told)
        if (picked === undefined) return
        listeners = listeners.filter((one) => one !== listener)
        resolve(picked)
      }
      listeners.push(listener)
    })
  const tell = (told: Told | 'died'): void => {
    for (const listener of [...listeners]) listener(told)
  }

  return {
    folder,
    proxy,
    log,
    async start(smallDisk = false) {
      enrolment ||= await parts.enrolment(proxy.url)
      const started = fork(path.join(import.meta.dirname, 'kiosk-process.ts'), {
        env: {
          ...process.env,
          ...kioskEnvironment(enrolment, demo, folder),
          DOPUSK_LOG_LEVEL: 'debug',
          FAULTS_CLOCK_OFF: String(clockOff),
          FAULTS_QUEUE_BYTES: String(smallDisk ? SMALL_DISK_BYTES : 0),
        },
        silent: true,
      })
      child = started
      for (const stream of [started.stdout, started.stderr]) stream?.on('data', (bytes) => log.push(String(bytes)))
      started.on('message', (message) => tell(Told.parse(message)))
      started.on('exit', () => tell('died'))
      const said = await Promise.race([
        until((told) =>
          told === 'died' ? 'died' : told.kind === 'shown' && told.state === 'idle' ? 'idle' : undefined,
        ),
        pause(READY_WITHIN_MS),
      ])
      if (said === 'died') throw new Error(`the kiosk process ended before it was ready: ${log.at(-1) ?? ''}`)
      kept = diskNow(folder)
    },
    async scan(presentation) {
      let check: Promise<void> | undefined
      const done = until((told) => {
        if (told === 'died') return true
        if (told.kind === 'not-recorded') {
          presentation.unrecorded = true
          return undefined
        }
        if (told.kind === 'opened') {
          presentation.opened = true
          check = onOpened(presentation)
          return true
        }
        // Out of order: nothing was said of this pass.
        if (told.kind === 'shown' && told.state === 'fault') return true
        if (told.kind !== 'shown' || !RESULTS.has(told.state)) return undefined
        presentation.result = told.state
        // Whatever is on the disk by now was acknowledged; a power cut may take what comes after.
        kept = diskNow(folder)
        // The turnstile's `opened` follows a grant.
        return told.state === 'granted' ? undefined : true
      })
      child?.send({ kind: 'scan', text: presentation.text })
      await done
      await check
    },
    setClock(off) {
      clockOff = off
      child?.send({ kind: 'clock', off })
    },
    async kill() {
      if (!child) return
      child.kill('SIGKILL')
      await ended(child)
    },
    async cutPower() {
      if (!child) return
      child.kill('SIGKILL')
      await ended(child)
      if (kept) cutPower(folder, kept, random)
    },
    async waiting() {
      child?.send({ kind: 'waiting' })
      return until((told) => (told !== 'died' && told.kind === 'waiting' ? told : undefined))
    },
  }
}
