/** Every word of the set-up wizard. A language that misses one does not compile. */
import type { CodeName, Layout } from '../../../../contract/kiosk/calibration.ts'
import type { Finding } from '../../../../contract/kiosk/calibration-diagnosis.ts'
import type { KioskMode, ReaderStatus } from '../../../preload/kiosk-api.ts'
import type { EnrolTrouble, FixedMode, ScannerKind } from '../../../preload/setup-api.ts'
import type { StepName } from '../wizard.ts'

export interface Advice {
  readonly heading: string
  readonly detail?: string
}

type Told<K extends Finding['kind']> = Extract<Finding, { kind: K }>

export interface SetupWords {
  readonly title: string
  readonly steps: Readonly<Record<StepName, string>>
  readonly back: string
  readonly next: string
  readonly skip: string
  readonly cancel: string
  readonly later: string
  readonly enrol: {
    readonly heading: string
    readonly detail: string
    readonly code: string
    readonly entered: (count: number) => string
    readonly letter: (letter: string) => string
    readonly erase: string
    readonly connect: string
    readonly server: string
    readonly mistyped: string
    readonly noServer: string
    readonly enrolling: (server: string) => string
    readonly troubles: Readonly<Record<EnrolTrouble, Advice>>
    readonly compare: Advice
    readonly same: string
    readonly different: string
    readonly pending: (fingerprint: string) => Advice
    readonly working: (place: string) => Advice
    readonly enrolled: (place: string) => Advice
    /** below why another code did not let it in */
    readonly asBefore: (place: string) => Advice
    readonly unknown: Advice
    readonly revoked: Advice
    readonly again: string
  }
  readonly language: { readonly heading: string; readonly detail: string }
  readonly mode: {
    readonly heading: string
    readonly names: Readonly<Record<KioskMode, string>>
    readonly details: Readonly<Record<KioskMode, string>>
    readonly fixed: Readonly<Record<FixedMode['by'], string>>
  }
  readonly readers: {
    readonly heading: string
    readonly detail: string
    readonly names: Readonly<Record<ReaderStatus['kind'], string>>
    readonly keyboard: string
    readonly serialNone: string
    readonly serialByItself: (make: string) => string
    readonly serialChosen: string
    readonly serialSpeed: string
    readonly cameraAny: string
    readonly cameraOff: string
    readonly cameraUnnamed: (number: number) => string
    readonly cameraNone: string
    /** beside the one that was chosen */
    readonly cameraGone: string
    readonly neverRead: string
    readonly readAt: (time: string) => string
    readonly gone: string
  }
  readonly calibration: {
    readonly heading: string
    readonly detail: string
    readonly codes: Readonly<Record<CodeName, string>>
    readonly codeRead: string
    readonly codePicture: (name: string) => string
    readonly waiting: Advice
    readonly goOn: string
    readonly anew: string
    readonly layouts: Readonly<Record<Layout, string>>
    readonly findings: { readonly [K in Finding['kind']]: (finding: Told<K>, reader: ScannerKind) => Advice }
  }
  readonly pin: {
    readonly heading: string
    readonly detail: string
    readonly hasOne: string
    readonly keep: string
    readonly remove: string
    readonly first: string
    readonly again: string
    readonly taken: string
    readonly differs: string
    readonly scanned: string
    readonly entered: (count: number) => string
    readonly digit: (digit: string) => string
    readonly erase: string
    readonly contact: string
    readonly contactHint: string
  }
  readonly done: {
    readonly heading: string
    readonly save: string
    readonly notKept: Readonly<Record<'not-saved' | 'refused', string>>
    readonly place: string
    readonly placePending: (place: string) => string
    readonly placeNone: string
    readonly language: string
    readonly mode: string
    readonly camera: string
    readonly serial: string
    readonly serialFound: string
    readonly calibration: string
    readonly calibrated: string
    readonly faulty: string
    readonly notCalibrated: string
    readonly prefix: (prefix: string) => string
    readonly pin: string
    readonly pinSet: string
    readonly pinNone: string
    readonly contact: string
    readonly contactNone: string
  }
  readonly ask: {
    readonly heading: string
    readonly detail: string
    readonly wrong: (triesLeft: number) => string
    readonly paused: string
    /** seconds, right behind it */
    readonly pauseLeft: (seconds: number) => string
    readonly enter: string
  }
}
