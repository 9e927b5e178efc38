/** What one scan meets on its way; each has a real implementation beside it and a small real fake in the tests. */
import type {
  AdmissionDecision,
  AdmissionEvent,
  AdmissionRequest,
  EventVerdict,
  Resolution,
  SealedEvent,
} from '../../contract/kiosk/admission.ts'
import type { ForeignCode } from '../../contract/pass/foreign-code.ts'
import type { DeskEntry, ScreenState } from '../preload/kiosk-api.ts'

export type ReaderKind = 'wedge' | 'serial' | 'camera' | 'hid'

/** `name`: which scanner it was, of a reader that can have several. */
export type ReaderSignal =
  /** our prefix has begun to arrive: a slow scanner needs up to 12 s for the rest */
  | { readonly kind: 'reading' }
  /** one whole code, framing characters removed; any text, ours or not */
  | { readonly kind: 'scan'; readonly text: string; readonly name?: string }
  /** no text at all (too long), or a code the reader knows to be another's: shown as unreadable */
  | { readonly kind: 'garbage'; readonly length: number; readonly foreign?: ForeignCode; readonly name?: string }
  | { readonly kind: 'live'; readonly live: boolean; readonly name: string }

export interface Reader {
  readonly kind: ReaderKind
  start(onSignal: (signal: ReaderSignal) => void): void
  stop(): void
}

/** The server gave no usable answer (no network, too slow, 5xx, refused us): decide here. Nothing else is expected. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  /** the server's wish: not before so many milliseconds */
  readonly retryAfterMs: number | undefined
  constructor(message: string, options?: ErrorOptions & { readonly retryAfterMs?: number | undefined }) {
    super(message, options)
    this.retryAfterMs = options?.retryAfterMs
  }
}

/** The server read the batch and will not have it as it is: halve it, and bury the one event that is left. */
export class BatchRefused extends Error {
  override readonly name = 'BatchRefused'
}

export interface AdmissionServer {
  /** @throws {Unreachable} also after `patience` milliseconds */
  decide(request: AdmissionRequest, patience: number): Promise<AdmissionDecision>
  /** Events of one queue file; one verdict an event, in order. @throws {Unreachable} @throws {BatchRefused} */
  record(queue: string, events: readonly SealedEvent[]): Promise<readonly EventVerdict[]>
}

export interface QueuedEvent {
  readonly tries: number
  readonly event: SealedEvent
}

export interface QueueState {
  readonly count: number
  readonly dead: number
  readonly oldest?: Date
  /** how much of what it may hold, in bytes or days, is taken: 1 is full */
  readonly fill: number
  /** number of the newest event, sent or not */
  readonly last: number
}

/** On disk, sealed for the server, in the order of happening. */
export interface VisitQueue {
  /** which queue file this is; `seq` and `chain` of its events belong to it */
  readonly uuid: string
  /** Sealed, and durable (fsync) when it resolves. Rejects when the disk will not take it: then nothing may open. */
  append(event: AdmissionEvent): Promise<void>
  /** Those that are due, oldest first, no more than a batch may weigh. */
  pending(limit: number): readonly QueuedEvent[]
  forget(seqs: readonly number[]): void
  /** Not now: these come up again after the delay. */
  postpone(seqs: readonly number[], delayMs: number): void
  /** Out of the way of the others, kept for people to look at. */
  bury(seq: number, why: string): void
  waiting(): QueueState
}

export interface Turnstile {
  open(): void
}

/** What a desk's employee sees of the last answers. */
export interface DeskBook {
  noted(line: { readonly id?: string; readonly kind: DeskEntry['kind'] }): void
  decided(id: string, outcome: Resolution['outcome']): void
}

export interface Screen {
  show(state: ScreenState): void
}

export type Clock = () => Date
