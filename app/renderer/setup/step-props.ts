import type { SetupState } from '../../preload/setup-api.ts'
import type { WizardChange, WizardState } from './wizard.ts'
import type { SetupWords } from './words/setup-words.ts'

/** What every step of the wizard is given. */
export interface StepProps {
  readonly state: WizardState
  readonly setup: Extract<SetupState, { kind: 'open' }>
  readonly words: SetupWords
  readonly change: (change: WizardChange) => void
}
