/** What crosses between the main process and the set-up wizard in the window: types only. */
import type { Diagnosis } from '../../contract/kiosk/calibration-diagnosis.ts'
import type { CameraChoice, KioskMode, Language, ReaderStatus } from './kiosk-api.ts'

/** Readers that somebody has set, rightly or not: a camera is no such thing. */
export type ScannerKind = Exclude<ReaderStatus['kind'], 'camera'>

/** bits a second */
export type BaudRate = 9600 | 19200 | 38400 | 57600 | 115200

export interface SerialPortChoice {
  readonly path: string
  readonly baudRate: BaudRate
}

/** What is chosen at set-up, but the PIN. */
export interface SetupSettings {
  readonly mode: KioskMode
  readonly language: Language
  readonly camera: CameraChoice
  /** ports to read besides those found by their USB ids */
  readonly serialPorts: readonly SerialPortChoice[]
  /** what each scanner puts before a code, as calibration has learnt; mostly nothing */
  readonly prefixes: Readonly<Record<ScannerKind, string>>
  /** whom to call when the terminal is out of order */
  readonly contact?: string | undefined
}

export type PinChoice =
  | { readonly kind: 'keep' }
  | { readonly kind: 'none' }
  /** 4 to 8 digits */
  | { readonly kind: 'new'; readonly pin: string }

export interface FoundPort {
  readonly path: string
  /** the make of a scanner that is known by its USB id, and read without being chosen */
  readonly scanner?: string | undefined
}

/** What one reader's scans of the calibration sheet have told so far. */
export interface Calibration {
  readonly reader: ScannerKind
  readonly diagnosis: Diagnosis
}

/** Why a code did not let this terminal in. */
export type EnrolTrouble =
  /** mistyped, used, expired or never given */
  | 'refused'
  | 'too-often'
  /** asked again and again until there is an answer */
  | 'unreachable'
  /** what this server says is signed by a root that is not ours */
  | 'other-root'

/** The mode is not chosen here: the environment says it, or the rules of the Participant, in the signed configuration. */
export interface FixedMode {
  readonly mode: KioskMode
  readonly by: 'environment' | 'rules'
}

interface Place {
  readonly venue: string
  readonly accessPoint: string
}

/** What this terminal is to the server; with `trouble`, what it was before a code that did not let it in. */
export type DeviceStanding =
  | { readonly kind: 'none'; readonly server?: string; readonly trouble?: EnrolTrouble }
  | { readonly kind: 'enrolling'; readonly server: string; readonly trouble?: EnrolTrouble }
  /** a person must compare the root's fingerprint with the one that the cabinet shows */
  | ({ readonly kind: 'confirming'; readonly fingerprint: string } & Place)
  /** the server has not answered since the terminal was started */
  | ({ readonly kind: 'enrolled'; readonly trouble?: EnrolTrouble } & Place)
  /** the Operator has not approved it yet; the fingerprint is of its own key */
  | ({ readonly kind: 'pending'; readonly fingerprint: string; readonly trouble?: EnrolTrouble } & Place)
  | ({ readonly kind: 'working' } & Place)
  /** the server does not know its key */
  | ({ readonly kind: 'unknown'; readonly trouble?: EnrolTrouble } & Place)
  | { readonly kind: 'revoked'; readonly trouble?: EnrolTrouble }

export type SetupState =
  /** `language` is the terminal's own, which set-up may just have changed */
  | { readonly kind: 'closed'; readonly language: Language }
  /** asks for the PIN; `left` tries until the pause that `pausedUntil` (ISO) ends */
  | { readonly kind: 'pin'; readonly wrong: number; readonly left: number; readonly pausedUntil?: string }
  | {
      readonly kind: 'open'
      readonly firstRun: boolean
      readonly settings: SetupSettings
      readonly hasPin: boolean
      readonly ports: readonly FoundPort[]
      readonly calibrations: readonly Calibration[]
      /** codes that the keyboard scanner has typed since set-up was opened: what a field got meanwhile is no person's */
      readonly typedScans: number
      readonly fixedMode?: FixedMode | undefined
      readonly device: DeviceStanding
      /** a code was wanted when set-up opened, or nothing but one helps since: the first step sees to that */
      readonly asksForCode: boolean
      /** address of the server, where the terminal was given one */
      readonly server?: string
    }

export type SetupRequest =
  /** a member of the staff held the corner of the screen */
  | { readonly kind: 'open' }
  | { readonly kind: 'pin'; readonly pin: string }
  /**
   * What is done at this step. `typing`: a person types, and a scan is heard all the same; `choosing`: only scanners
   * type; `calibrating`: the same, and each scanner is judged by what it reads.
   */
  | { readonly kind: 'listen'; readonly as: 'typing' | 'choosing' | 'calibrating' }
  /** somebody is at it: touches or types, once a minute at most */
  | { readonly kind: 'alive' }
  /** read these ports at once, to try them */
  | { readonly kind: 'ports'; readonly ports: readonly SerialPortChoice[] }
  /** the same of a camera */
  | { readonly kind: 'camera'; readonly choice: CameraChoice }
  /** a code that a person has typed, at the server of this address */
  | { readonly kind: 'enrol'; readonly server: string; readonly code: string }
  /** whether the two fingerprints of the root are the same */
  | { readonly kind: 'confirm-root'; readonly same: boolean }
  | { readonly kind: 'calibrate-anew' }
  /** leaves everything as it was */
  | { readonly kind: 'cancel' }
  | { readonly kind: 'finish'; readonly settings: SetupSettings; readonly pin: PinChoice }

export type SetupAnswer = 'done' | 'wrong-pin' | 'wrong-code' | 'paused' | 'not-saved' | 'refused'

export interface SetupApi {
  onState(listener: (state: SetupState) => void): () => void
  ask(request: SetupRequest): Promise<SetupAnswer>
}
