/** All that crosses between the main process and the window: types only. */
import type { OverrideReason, Resolution } from '../../contract/kiosk/admission.ts'
import type { ForeignCode } from '../../contract/pass/foreign-code.ts'
import type { CheckReason, DenialReason } from '../../contract/decide/decide.ts'

export type Language = 'ru' | 'en'

/** self-service: the visitor alone; turnstile: the result only, seen in passing; desk: an employee decides */
export type KioskMode = 'self-service' | 'turnstile' | 'desk'

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
      /** at a desk it waits for the employee */
      readonly ms: number | 'until-chosen'
      readonly reason: CheckReason
      readonly reference: string
    }
  /** `foreign`: what the code seems to be instead of a pass; never a refusal */
  | { readonly kind: 'unreadable'; readonly scan: number; readonly ms: number; readonly foreign?: ForeignCode }
  /** desk: a refused person is to be let in, and the employee is asked why */
  | { readonly kind: 'asking'; readonly scan: number; readonly reference: string }
  /** desk: what the employee decided about scan number `scan` */
  | {
      readonly kind: 'resolved'
      readonly scan: number
      readonly ms: number
      readonly outcome: Resolution['outcome']
      readonly reference?: string
    }
  | { readonly kind: 'fault'; readonly code: FaultCode }

/** An answer to a scan: stays for `ms`, then the screen is idle again. */
export type ResultState = Extract<ScreenState, { readonly ms: unknown }>

/** What an employee at a desk does about the answer on the screen. */
export type StaffAction =
  | { readonly kind: 'refuse' }
  /** against a refusal it takes a reason: without one the employee is asked */
  | { readonly kind: 'admit'; readonly reason?: OverrideReason }

/** One line of a desk's list: when, and what; nothing of whom. */
export interface DeskEntry {
  /** ISO time of the answer */
  readonly at: string
  readonly kind: 'granted' | 'denied' | 'check' | 'unreadable'
  /** what the employee made of it */
  readonly resolved?: Resolution['outcome']
}

/** What the employee sees beside the answer: newest first, and the numbers since midnight. */
export interface DeskSheet {
  readonly entries: readonly DeskEntry[]
  readonly admitted: number
  readonly refused: number
}

/** Why the kiosk cannot serve at all. */
export type FaultCode =
  /** nobody has enrolled this terminal */
  | 'not-enrolled'
  /** the Operator has still to approve it */
  | 'awaits-approval'
  /** struck off: what it knew is wiped */
  | 'revoked'
  /** enrolled, and keys, place and list have not come yet */
  | 'not-set-up'
  | 'self-test'
  | 'internal'

export type LinkState =
  | { readonly kind: 'up' }
  /** ISO time of the last good answer, where there was one */
  | { readonly kind: 'down'; readonly since?: string }
  /** the server does not know this device (any more) */
  | { readonly kind: 'refused' }

export interface ReaderStatus {
  readonly kind: 'wedge' | 'serial' | 'camera' | 'hid'
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
  readonly mode: KioskMode
  /** whom to call when the terminal is out of order, as set-up has it */
  readonly contact?: string
  readonly venue?: string
  readonly accessPoint?: string
  readonly direction?: 'entry' | 'exit'
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

/** Which camera the window is to read. */
export type CameraChoice =
  | { readonly kind: 'off' }
  /** whichever there is */
  | { readonly kind: 'any' }
  | { readonly kind: 'chosen'; readonly deviceId: string; readonly label: string }

/** Why the camera had to begin again, or reads worse than it could. */
export type CameraTrouble =
  /** permission was not given */
  | 'refused'
  | 'not-opened'
  /** unplugged */
  | 'lost'
  /** no frame for three seconds */
  | 'frozen'
  | 'worker-hung'
  | 'worker-died'
  /** WebAssembly could not be started: ZXing in JavaScript reads instead */
  | 'slow-decoder'
  /** below 720 lines: codes must be held nearer */
  | 'small-picture'

export type CameraReport =
  /** one of our codes, told once while it stays in view */
  | { readonly kind: 'scan'; readonly text: string }
  | { readonly kind: 'foreign'; readonly length: number; readonly code: ForeignCode }
  | { readonly kind: 'live'; readonly live: boolean; readonly name: string }
  | { readonly kind: 'trouble'; readonly what: CameraTrouble }

/** What a scanner in HID POS mode sent, and whether it is there. `name`: of two alike each has its own. */
export type HidReport =
  | { readonly kind: 'scan'; readonly text: string; readonly name: string }
  | { readonly kind: 'garbage'; readonly length: number; readonly name: string }
  | { readonly kind: 'live'; readonly live: boolean; readonly name: string }
  /** it is tried again; told once until it is plugged in anew */
  | { readonly kind: 'trouble'; readonly what: 'not-opened' }

/** `window.kiosk`, made by the preload script. Each `on…` returns how to stop listening. */
export interface KioskApi {
  onScreen(listener: (state: ScreenState) => void): () => void
  onStatus(listener: (status: KioskStatus) => void): () => void
  onDesk(listener: (sheet: DeskSheet) => void): () => void
  /** The window is listening now: send the current state and status. */
  ready(): void
  /** A state is really on the glass (after the frame that holds it). Also the window's heartbeat. */
  painted(scan: number): void
  /** The employee touched an action beside the answer to `scan`. Their keys go another way: app/main/desk/staff-keys.ts */
  act(scan: number, action: StaffAction): void
  /** which camera to read, now and after each change */
  onCamera(listener: (choice: CameraChoice) => void): () => void
  /** what the camera read, and how it is */
  camera(report: CameraReport): void
  hid(report: HidReport): void
  /** default language of the kiosk's set-up */
  readonly language: Language
}
