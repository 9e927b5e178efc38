/** The wizard's steps and what has been chosen on the way: pure. Nothing of it is kept before the end. */
import { assertNever } from '../../../contract/assert-never.ts'
import { isHarmless } from '../../../contract/kiosk/calibration-diagnosis.ts'
import type { Calibration, PinChoice, ScannerKind, SetupRequest, SetupSettings } from '../../preload/setup-api.ts'

export type StepName = 'enrol' | 'language' | 'mode' | 'readers' | 'calibration' | 'pin' | 'done'
/** The first only where a code was wanted when set-up opened, or is since. */
export const STEPS: readonly StepName[] = ['enrol', 'language', 'mode', 'readers', 'calibration', 'pin', 'done']

const stepsOf = (asksForCode: boolean): readonly StepName[] => (asksForCode ? STEPS : STEPS.slice(1))

/** digits of a PIN */
export const SHORTEST_PIN = 4
export const LONGEST_PIN = 8

/**
 * A PIN on its way: typed once, and again. Only then is it chosen: a digit too many, or a scanner's, would lock everybody
 * out. `because`: why what was typed is gone.
 */
export type PinEntry =
  | { readonly kind: 'first'; readonly digits: string; readonly because?: 'differs' | 'scanned' }
  | { readonly kind: 'again'; readonly digits: string; readonly first: string }

const NO_ENTRY: PinEntry = { kind: 'first', digits: '' }

export interface WizardState {
  readonly steps: readonly StepName[]
  readonly step: StepName
  readonly settings: SetupSettings
  readonly pin: PinChoice
  readonly entry: PinEntry
  /** why what was chosen is not kept yet: the disk, or it was not taken at all. Of the last step alone. */
  readonly notKept?: 'not-saved' | 'refused' | undefined
}

export type WizardChange =
  | { readonly kind: 'step'; readonly step: StepName }
  /** one step on, or to the PIN's second entry */
  | { readonly kind: 'next' }
  /** one step back, or from the PIN's second entry to its first */
  | { readonly kind: 'back' }
  | { readonly kind: 'not-kept'; readonly because: 'not-saved' | 'refused' }
  | { readonly kind: 'settings'; readonly settings: Partial<SetupSettings> }
  | { readonly kind: 'pin'; readonly pin: PinChoice }
  | { readonly kind: 'digits'; readonly digits: string }
  /** a scanner has typed a code: into the PIN too */
  | { readonly kind: 'scanned' }
  /** meanwhile the terminal was struck off or is not known any more, or the code that its environment brought is no good */
  | { readonly kind: 'code-wanted' }

export function firstStep({
  settings,
  asksForCode,
}: {
  readonly settings: SetupSettings
  readonly asksForCode: boolean
}): WizardState {
  const steps = stepsOf(asksForCode)
  return { steps, step: steps[0] ?? 'language', settings, pin: { kind: 'keep' }, entry: NO_ENTRY }
}

export function changed(state: WizardState, change: WizardChange): WizardState {
  switch (change.kind) {
    case 'step':
      return atStep(state, change.step)
    case 'next':
      return goneOn(state)
    case 'back':
      // what was typed first cannot be seen, so it is typed anew
      return state.entry.kind === 'again' ? { ...state, entry: NO_ENTRY } : atStep(state, stepBeside(state, -1))
    case 'not-kept':
      return { ...state, notKept: change.because }
    case 'settings':
      return { ...state, settings: { ...state.settings, ...change.settings } }
    case 'pin':
      return { ...state, pin: change.pin, entry: NO_ENTRY }
    case 'digits':
      return typed(state, change.digits)
    case 'scanned':
      return state.step === 'pin' && isBegun(state.entry)
        ? { ...state, entry: { kind: 'first', digits: '', because: 'scanned' } }
        : state
    case 'code-wanted':
      return state.steps === STEPS ? state : { ...atStep(state, 'enrol'), steps: STEPS }
    default:
      return assertNever(change)
  }
}

export const isBegun = (entry: PinEntry): boolean => entry.kind === 'again' || entry.digits !== ''

function goneOn(state: WizardState): WizardState {
  if (!mayGoOn(state)) return state
  const { entry } = state
  if (isBegun(entry)) return { ...state, entry: { kind: 'again', digits: '', first: entry.digits } }
  return atStep(state, stepBeside(state, 1))
}

/** What was on its way at the step before is not at this one. */
const atStep = (state: WizardState, step: StepName | undefined): WizardState =>
  step === undefined ? state : { ...state, step, entry: NO_ENTRY, notKept: undefined }

/** The second entry is over when it is as long as the first. */
function typed(state: WizardState, digits: string): WizardState {
  const { entry } = state
  if (entry.kind === 'first') return { ...state, entry: { kind: 'first', digits } }
  if (digits.length < entry.first.length) return { ...state, entry: { ...entry, digits } }
  return digits === entry.first
    ? { ...state, pin: { kind: 'new', pin: digits }, entry: NO_ENTRY }
    : { ...state, entry: { kind: 'first', digits: '', because: 'differs' } }
}

/** Not with half a PIN. */
export function mayGoOn({ entry }: WizardState): boolean {
  return entry.kind === 'first' && (!isBegun(entry) || entry.digits.length >= SHORTEST_PIN)
}

export function stepBeside({ steps, step }: WizardState, by: 1 | -1): StepName | undefined {
  return steps[steps.indexOf(step) + by]
}

/**
 * What is done at a step. Where nothing is typed the characters of a scan are kept from the page: its spaces and its
 * Enter would press buttons.
 */
export function doneAt(step: StepName): Extract<SetupRequest, { kind: 'listen' }>['as'] {
  if (step === 'enrol' || step === 'pin') return 'typing'
  return step === 'calibration' ? 'calibrating' : 'choosing'
}

/** What calibration has told of each scanner's prefix; without calibration the known one stays. */
export function prefixesLearnt(
  calibrations: readonly Calibration[],
  before: SetupSettings['prefixes'],
): SetupSettings['prefixes'] {
  const after = (kind: ScannerKind): string => {
    const own = calibrations.find(({ reader }) => reader === kind)
    if (!own || own.diagnosis.read.length === 0) return before[kind]
    const prefix = own.diagnosis.findings.find((finding) => finding.kind === 'prefix')
    return prefix?.learnt === true ? prefix.text : ''
  }
  return { wedge: after('wedge'), serial: after('serial'), hid: after('hid') }
}

export type ScannerVerdict = 'calibrated' | 'faulty' | 'notCalibrated'

export function scannerVerdict(calibrations: readonly Calibration[]): ScannerVerdict {
  const findings = calibrations.flatMap(({ diagnosis }) => diagnosis.findings)
  if (findings.some((finding) => !isHarmless(finding))) return 'faulty'
  return findings.some(({ kind }) => kind === 'all-well') ? 'calibrated' : 'notCalibrated'
}
