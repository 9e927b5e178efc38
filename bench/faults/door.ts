/** One door of a story: a kiosk process behind its own network, and what it told of each scan. */
import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { z } from 'zod'
import { ended, kioskEnvironment } from '../../e2e/world.ts'
import type { Proxy } from './proxy.ts'

const Told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('shown'), state: z.string() }),
  z.object({ kind: z.literal('opened') }),
  z.object({ kind: z.literal('waiting'), count: z.number(), dead: z.number(), link: z.string() }),
])
type Told = z.infer<typeof Told>

export interface Presentation {
  readonly handle: string
  readonly text: string
  /** what the screen said of it; `undefined` where the kiosk died before it said anything */
  result?: string
  opened: boolean
}

export interface Door {
  scan(presentation: Presentation): Promise<void>
  kill(): Promise<void>
  start(): Promise<void>
  /** Events on disk that the server has not taken yet, and those it never will. */
  waiting(): Promise<{ readonly count: number; readonly dead: number }>
  stop(): Promise<void>
}

const RESULTS = new Set(['granted', 'denied', 'check', 'unreadable'])

export function makeDoor(
  folder: string,
  proxy: Proxy,
  token: string,
  onOpened: (presentation: Presentation) => Promise<void>,
): Door {
  let child: ChildProcess | undefined
  let listeners: ((told: Told | 'died') => void)[] = []
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

  const door: Door = {
    async start() {
      const started = fork(path.join(import.meta.dirname, 'kiosk-process.ts'), {
        env: {
          ...process.env,
          ...kioskEnvironment(proxy.url, token, folder),
          DOPUSK_LOG_LEVEL: 'error',
        },
      })
      child = started
      started.on('message', (message) => tell(Told.parse(message)))
      started.on('exit', () => tell('died'))
      const said = await until((told) =>
        told === 'died' ? 'died' : told.kind === 'shown' && told.state === 'idle' ? 'idle' : undefined,
      )
      if (said === 'died') throw new Error('the kiosk process ended before it was ready')
    },
    async scan(presentation) {
      let check: Promise<void> | undefined
      const done = until((told) => {
        if (told === 'died') return true
        if (told.kind === 'opened') {
          presentation.opened = true
          check = onOpened(presentation)
          return true
        }
        if (told.kind !== 'shown' || !RESULTS.has(told.state)) return undefined
        presentation.result = told.state
        // The turnstile's `opened` follows a grant.
        return told.state === 'granted' ? undefined : true
      })
      child?.send({ kind: 'scan', text: presentation.text })
      await done
      await check
    },
    async kill() {
      if (!child) return
      child.kill('SIGKILL')
      await ended(child)
    },
    async waiting() {
      child?.send({ kind: 'waiting' })
      return until((told) => (told !== 'died' && told.kind === 'waiting' ? told : undefined))
    },
    async stop() {
      await door.kill()
    },
  }
  return door
}
