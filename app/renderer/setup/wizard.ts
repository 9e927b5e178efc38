/** The wizard's steps and what has been chosen on the way: pure. Nothing of it is kept before the end. */
import { assertNever } from '../../../server/contract/assert-never.ts'
import { isHarmless } from '../../../server/contract/calibration-diagnosis.ts'
import type { Calibration, PinChoice, SetupSettings } from '../../preload/setup-api.ts'

export type StepName = 'enrol' | 'language' | 'mode' | 'readers' | 'calibration' | 'pin' | 'done'
/** The first only where the terminal is not enrolled. */
export const STEPS: readonly StepName[] = ['enrol', 'language', 'mode', 'readers', 'calibration', 'pin', 'done']

const stepsOf = (asksForCode: boolean): readonly StepName[] => (asksForCode ? STEPS : STEPS.slice(1))

export interface WizardState {
  readonly steps: readonly StepName[]
  readonly step: StepName
  readonly settings: SetupSettings
  readonly pin: PinChoice
}

export type WizardChange =
  | { readonly kind: 'step'; readonly step: StepName }
  | { readonly kind: 'settings'; readonly settings: Partial<SetupSettings> }
  | { readonly kind: 'pin'; readonly pin: PinChoice }

export function firstStep({
  settings,
  asksForCode,
}: {
  readonly settings: SetupSettings
  readonly asksForCode: boolean
}): WizardState {
  const steps = stepsOf(asksForCode)
  return { steps, step: steps[0] ?? 'language', settings, pin: { kind: 'keep' } }
}

export function changed(state: WizardState, change: WizardChange): WizardState {
  switch (change.kind) {
    case 'step':
      return { ...state, step: change.step }
    case 'settings':
      return { ...state, settings: { ...state.settings, ...change.settings } }
    case 'pin':
      return { ...state, pin: change.pin }
    default:
      return assertNever(change)
  }
}

export function stepBeside({ steps, step }: WizardState, by: 1 | -1): StepName | undefined {
  return steps[steps.indexOf(step) + by]
}

/** Whose the keyboard is at a step: on two of them scanners are tried; a code is typed or scanned. */
export function keyboardAt(step: StepName): 'page' | 'scanner' | 'both' {
  if (step === 'enrol') return 'both'
  return step === 'readers' || step === 'calibration' ? 'scanner' : 'page'
}

/** A PIN that is begun and too short is none yet. */
export function isPinWhole(pin: PinChoice): boolean {
  return pin.kind !== 'new' || /^\d{4,8}$/.test(pin.pin)
}

/** What calibration has told of the keyboard scanner's prefix; without calibration the known one stays. */
export function prefixLearnt(calibrations: readonly Calibration[], before: string): string {
  const wedge = calibrations.find(({ reader }) => reader === 'wedge')
  if (!wedge || wedge.diagnosis.read.length === 0) return before
  const prefix = wedge.diagnosis.findings.find((finding) => finding.kind === 'prefix')
  return prefix?.learnt === true ? prefix.text : ''
}

export type ScannerVerdict = 'calibrated' | 'faulty' | 'notCalibrated'

export function scannerVerdict(calibrations: readonly Calibration[]): ScannerVerdict {
  const findings = calibrations.flatMap(({ diagnosis }) => diagnosis.findings)
  if (findings.some((finding) => !isHarmless(finding))) return 'faulty'
  return findings.some(({ kind }) => kind === 'all-well') ? 'calibrated' : 'notCalibrated'
}
