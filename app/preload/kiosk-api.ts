/** All that crosses between the main process and the window: types only. */
import type { CheckReason, DenialReason } from '../../server/contract/decide.ts'

export type Language = 'ru' | 'en'

/** What the whole screen says. `ms` is how long a result stays; its ring counts down. `scan` numbers results from 1. */
export type ScreenState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'checking'; readonly scan: number }
  | { readonly kind: 'granted'; readonly scan: number; readonly ms: number; readonly dataFrom?: string }
  | {
      readonly kind: 'denied'
      readonly scan: number
      readonly ms: number
      readonly reason: DenialReason
      readonly reference: string
    }
  | {
      readonly kind: 'check'
      readonly scan: number
      readonly ms: number
      readonly reason: CheckReason
      readonly reference: string
    }
  | { readonly kind: 'unreadable'; readonly scan: number; readonly ms: number }
  | { readonly kind: 'fault'; readonly code: FaultCode }

/** An answer to a scan: stays for `ms`, then the screen is idle again. */
export type ResultState = Extract<ScreenState, { readonly ms: number }>

/** Why the kiosk cannot serve at all. */
export type FaultCode = 'not-set-up' | 'self-test' | 'internal'

export type LinkState =
  | { readonly kind: 'up' }
  /** ISO time of the last good answer, where there was one */
  | { readonly kind: 'down'; readonly since?: string }
  /** the server does not know this device (any more) */
  | { readonly kind: 'refused' }

export interface ReaderStatus {
  readonly kind: 'wedge' | 'serial' | 'camera'
  readonly name: string
  readonly live: boolean
  /** ISO time of its last read */
  readonly lastRead?: string
}

/** What the Operator must see to; nothing of it changes what the visitor reads. */
export type KioskWarning =
  /** no key store of the operating system: what the kiosk knows is protected by file permissions alone */
  | 'keys-unprotected'
  /** the clock is not believed: jumped, or nobody has told the time for 72 h */
  | 'clock'
  /** a signed document is older than one that was seen */
  | 'rolled-back'
  /** a signed document, or the list's bytes, were not what they must be */
  | 'document-refused'
  /** nobody to seal visits for: they cannot be recorded without the server */
  | 'no-seal-key'
  /** 80 % of the queue's room or days is taken, or all of it */
  | 'queue-filling'
  | 'queue-full'

/** The small print at the screen's edge: speaks up only when something is wrong. */
export interface KioskStatus {
  readonly venue?: string
  readonly accessPoint?: string
  readonly link: LinkState
  readonly readers: readonly ReaderStatus[]
  readonly waiting: number
  /** events that the server will never take: people must look at them */
  readonly dead?: number
  readonly warnings?: readonly KioskWarning[]
  /** false: visits cannot be written; the amber strip */
  readonly recording: boolean
  /** how many visits could not be written since the kiosk started */
  readonly unrecorded: number
  /** ISO time the deny list was last known to be current */
  readonly listFrom?: string
}

/** `window.kiosk`, made by the preload script. Each `on…` returns how to stop listening. */
export interface KioskApi {
  onScreen(listener: (state: ScreenState) => void): () => void
  onStatus(listener: (status: KioskStatus) => void): () => void
  /** The window is listening now: send the current state and status. */
  ready(): void
  /** A state is really on the glass (after the frame that holds it). Also the window's heartbeat. */
  painted(scan: number): void
  /** default language of the kiosk's set-up */
  readonly language: Language
}
