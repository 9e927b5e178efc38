/** Small real implementations of the ports, for tests. */
import type {
  AdmissionDecision,
  AdmissionEvent,
  AdmissionRequest,
  EventVerdict,
} from '../../../contract/kiosk/admission.ts'
import type { ScreenState } from '../../preload/kiosk-api.ts'
import type { KioskTime } from '../time/kiosk-time.ts'
import {
  Unreachable,
  type AdmissionServer,
  type Clock,
  type QueuedEvent,
  type Reader,
  type ReaderSignal,
  type Screen,
  type VisitQueue,
} from '../ports.ts'
import { idOf } from '../queue/seal.ts'

export interface FakeQueue extends VisitQueue {
  /** what was appended, in the open */
  readonly events: { readonly seq: number; readonly event: AdmissionEvent }[]
  readonly buried: { readonly seq: number; readonly why: string }[]
  full: boolean
}

/** Keeps events in the open; what it hands out has the id and number of a sealed event, and a `jwe` that is none. */
export function memoryQueue(): FakeQueue {
  let last = 0
  const queue: FakeQueue = {
    uuid: '0193a0de-0000-4000-8000-000000000000',
    events: [],
    buried: [],
    full: false,
    async append(event: AdmissionEvent) {
      await Promise.resolve()
      if (queue.full) throw new Error('database or disk is full')
      queue.events.push({ seq: ++last, event })
    },
    pending: (limit) =>
      queue.events.slice(0, limit).map(({ seq, event }): QueuedEvent => {
        return { tries: 0, event: { id: idOf(event), seq, chain: '0'.repeat(64), jwe: JSON.stringify(event) } }
      }),
    forget(seqs) {
      queue.events.splice(0, queue.events.length, ...queue.events.filter(({ seq }) => !seqs.includes(seq)))
    },
    postpone: () => undefined,
    bury(seq, why) {
      queue.buried.push({ seq, why })
      queue.forget([seq])
    },
    waiting: () => ({ count: queue.events.length, dead: queue.buried.length, fill: 0, last: 0 }),
  }
  return queue
}

/** A clock that is believed. */
export const goodTime = (clock: Clock): KioskTime => ({ now: clock, trust: () => 'good' })

type Answer = AdmissionDecision | 'unreachable' | 'silent'

export interface ScriptedServer extends AdmissionServer {
  answer: Answer
  readonly asked: { readonly request: AdmissionRequest; readonly patience: number }[]
  readonly recorded: unknown[]
}

/** Answers as told; `silent` lets the patience run out at once, as a hung server would after it. */
export function scriptedServer(answer: Answer): ScriptedServer {
  const server: ScriptedServer = {
    answer,
    asked: [],
    recorded: [],
    async decide(request, patience) {
      server.asked.push({ request, patience })
      await Promise.resolve()
      if (typeof server.answer === 'string') throw new Unreachable(server.answer)
      return server.answer
    },
    async record(_queue, events): Promise<readonly EventVerdict[]> {
      await Promise.resolve()
      if (server.answer === 'unreachable') throw new Unreachable('record')
      server.recorded.push(...events)
      return events.map(() => ({ verdict: 'stored' }))
    },
  }
  return server
}

export interface HandReader extends Reader {
  send(signal: ReaderSignal): void
}

export function handReader(): HandReader {
  let listener: ((signal: ReaderSignal) => void) | undefined
  return {
    kind: 'wedge',
    start(onSignal) {
      listener = onSignal
    },
    stop() {
      listener = undefined
    },
    send: (signal) => listener?.(signal),
  }
}

export function recordingScreen(): Screen & { readonly shown: ScreenState[] } {
  const shown: ScreenState[] = []
  return { shown, show: (state) => void shown.push(state) }
}

export const silentLog = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
