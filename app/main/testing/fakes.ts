/** Small real implementations of the ports, for tests. */
import type {
  AdmissionDecision,
  AdmissionEvent,
  AdmissionRequest,
  EventVerdict,
} from '../../../server/contract/admission.ts'
import type { ScreenState } from '../../preload/kiosk-api.ts'
import {
  Unreachable,
  type AdmissionServer,
  type QueuedEvent,
  type Reader,
  type ReaderSignal,
  type Screen,
  type VisitQueue,
} from '../ports.ts'

export interface FakeQueue extends VisitQueue {
  readonly events: QueuedEvent[]
  readonly buried: { readonly seq: number; readonly why: string }[]
  full: boolean
}

export function memoryQueue(): FakeQueue {
  const queue: FakeQueue = {
    events: [],
    buried: [],
    full: false,
    append(event: AdmissionEvent) {
      if (queue.full) throw new Error('database or disk is full')
      queue.events.push({ seq: (queue.events.at(-1)?.seq ?? 0) + 1, tries: 0, event })
    },
    pending: (limit) => queue.events.slice(0, limit),
    forget(seqs) {
      queue.events.splice(0, queue.events.length, ...queue.events.filter(({ seq }) => !seqs.includes(seq)))
    },
    postpone: () => undefined,
    bury(seq, why) {
      queue.buried.push({ seq, why })
      queue.forget([seq])
    },
    waiting: () => ({ count: queue.events.length, dead: queue.buried.length }),
  }
  return queue
}

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
    async record(events): Promise<readonly EventVerdict[]> {
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
