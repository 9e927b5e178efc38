/** What crosses between the main process and the set-up wizard in the window: types only. */
import type { Diagnosis } from '../../server/contract/calibration-diagnosis.ts'
import type { CameraChoice, KioskMode, Language, ReaderStatus } from './kiosk-api.ts'

/** What is chosen at set-up, but the PIN. */
export interface SetupSettings {
  readonly mode: KioskMode
  readonly language: Language
  readonly camera: CameraChoice
  /** ports to read besides those found by their USB ids */
  readonly serialPorts: readonly string[]
  readonly wedgePrefix: string
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
  readonly reader: ReaderStatus['kind']
  readonly diagnosis: Diagnosis
}

export type SetupState =
  /** `language` is the terminal's own, which set-up may just have changed */
  | { readonly kind: 'closed'; readonly language: Language }
  /** asks for the PIN; `pausedUntil` (ISO) after too many wrong ones */
  | { readonly kind: 'pin'; readonly wrong: number; readonly pausedUntil?: string }
  | {
      readonly kind: 'open'
      readonly firstRun: boolean
      readonly settings: SetupSettings
      readonly hasPin: boolean
      readonly ports: readonly FoundPort[]
      readonly calibrations: readonly Calibration[]
    }

export type SetupRequest =
  /** a member of the staff held the corner of the screen */
  | { readonly kind: 'open' }
  | { readonly kind: 'pin'; readonly pin: string }
  /** whose the keyboard is: a person types, or a scanner */
  | { readonly kind: 'keyboard'; readonly to: 'page' | 'scanner' }
  /** read these ports at once, to try them */
  | { readonly kind: 'ports'; readonly ports: readonly string[] }
  | { readonly kind: 'calibrate-anew' }
  /** leaves everything as it was */
  | { readonly kind: 'cancel' }
  | { readonly kind: 'finish'; readonly settings: SetupSettings; readonly pin: PinChoice }

export type SetupAnswer = 'done' | 'wrong-pin' | 'paused' | 'not-saved' | 'refused'

export interface SetupApi {
  onState(listener: (state: SetupState) => void): () => void
  ask(request: SetupRequest): Promise<SetupAnswer>
}
