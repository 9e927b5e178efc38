import { useEffect, useLayoutEffect, useReducer, useRef, type JSX } from 'react'
import { CalibrationStep } from './CalibrationStep.tsx'
import { DoneStep } from './DoneStep.tsx'
import { EnrolStep, isLetIn } from './EnrolStep.tsx'
import { LanguageStep } from './LanguageStep.tsx'
import { ModeStep } from './ModeStep.tsx'
import { PinStep } from './PinStep.tsx'
import { ReadersStep } from './ReadersStep.tsx'
import { noSpaceBar } from './scanned-keys.ts'
import {
  changed,
  doneAt,
  firstStep,
  isBegun,
  mayGoOn,
  prefixesLearnt,
  stepBeside,
  type StepName,
  type WizardState,
} from './wizard.ts'
import { useSignsOfLife } from './signs-of-life.ts'
import { setupWords } from './words/setup-languages.ts'
import type { StepProps } from './step-props.ts'

const PAGES: Readonly<Record<StepName, (props: StepProps) => JSX.Element>> = {
  enrol: EnrolStep,
  language: LanguageStep,
  mode: ModeStep,
  readers: ReadersStep,
  calibration: CalibrationStep,
  pin: PinStep,
  done: DoneStep,
}

export function Wizard({ setup }: { readonly setup: StepProps['setup'] }): JSX.Element {
  const [state, change] = useReducer(changed, setup, firstStep)
  const { step } = state
  const words = setupWords(state.settings.language)
  const before = stepBeside(state, -1)
  const after = stepBeside(state, 1)
  const Page = PAGES[step]
  const leavesUndone = isSkipped(step, setup, state)
  const section = useRef<HTMLElement>(null)
  const place = state.entry.kind === 'again' ? 'pin-again' : step
  const placeBefore = useRef(place)

  useSignsOfLife()
  useEffect(() => void window.kioskSetup.ask({ kind: 'listen', as: doneAt(step) }), [step])
  // a screen reader says where one has come to, and Enter does not press the button of the step before again
  useEffect(() => {
    if (placeBefore.current === place) return
    placeBefore.current = place
    section.current?.focus()
  }, [place])
  useEffect(() => change({ kind: 'scanned' }), [setup.typedScans])
  useEffect(() => {
    if (setup.asksForCode) change({ kind: 'code-wanted' })
  }, [setup.asksForCode])
  useLayoutEffect(() => {
    document.documentElement.lang = state.settings.language
    document.title = words.title
  }, [state.settings.language, words])

  const finish = async (): Promise<void> => {
    const { contact, ...settings } = state.settings
    const asked = window.kioskSetup.ask({
      kind: 'finish',
      settings: {
        ...settings,
        prefixes: prefixesLearnt(setup.calibrations, settings.prefixes),
        ...(contact?.trim() ? { contact: contact.trim() } : {}),
      },
      pin: state.pin,
    })
    const answer = await asked.catch(() => 'refused' as const)
    if (answer !== 'done') change({ kind: 'not-kept', because: answer === 'not-saved' ? answer : 'refused' })
  }

  return (
    <main className="setup" data-screen="set-up" data-step={step} {...noSpaceBar}>
      <header>
        <b>{words.title}</b>
        <ol aria-label={words.title}>
          {state.steps.map((name, at) => (
            <li key={name}>
              <button
                type="button"
                aria-current={name === step ? 'step' : undefined}
                className={at < state.steps.indexOf(step) ? 'past' : ''}
                onClick={() => change({ kind: 'step', step: name })}
              >
                <i>{at + 1}</i> <span>{words.steps[name]}</span>
              </button>
            </li>
          ))}
        </ol>
      </header>
      <section key={step} ref={section} tabIndex={-1} aria-label={words.steps[step]}>
        <Page state={state} setup={setup} words={words} change={change} />
        {state.notKept && (
          <p className="trouble" role="alert">
            {words.done.notKept[state.notKept]}
          </p>
        )}
      </section>
      <footer>
        <button type="button" className="quiet-action" onClick={() => void window.kioskSetup.ask({ kind: 'cancel' })}>
          {setup.firstRun ? words.later : words.cancel}
        </button>
        {before && (
          <button type="button" onClick={() => change({ kind: 'back' })}>
            {words.back}
          </button>
        )}
        {after ? (
          <button
            type="button"
            className={leavesUndone ? '' : 'main-action'}
            disabled={!mayGoOn(state)}
            onClick={() => change({ kind: 'next' })}
          >
            {leavesUndone ? words.skip : words.next}
          </button>
        ) : (
          <button type="button" className="main-action" onClick={() => void finish()}>
            {words.done.save}
          </button>
        )}
      </footer>
    </main>
  )
}

/** Going on from here leaves something undone: the button says so, and is not the one to press. */
function isSkipped(step: StepName, setup: StepProps['setup'], state: WizardState): boolean {
  if (step === 'enrol') return !isLetIn(setup.device)
  if (step === 'calibration') return setup.calibrations.length === 0
  return step === 'pin' && state.pin.kind === 'keep' && !setup.hasPin && !isBegun(state.entry)
}
