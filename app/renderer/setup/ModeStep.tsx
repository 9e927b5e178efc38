import type { JSX } from 'react'
import { Choice } from './Choice.tsx'
import { ModePicture } from './ModePicture.tsx'
import type { StepProps } from './step-props.ts'

const MODES = ['self-service', 'turnstile', 'desk'] as const

export function ModeStep({ state, setup, words, change }: StepProps): JSX.Element {
  const { fixedMode } = setup
  return (
    <>
      <h1>{words.mode.heading}</h1>
      {fixedMode && <p className="lead">{words.mode.fixed[fixedMode.by]}</p>}
      <div className="cards modes" role="radiogroup" aria-label={words.mode.heading}>
        {MODES.map((mode) => (
          <Choice
            key={mode}
            role="radio"
            className="card"
            checked={(fixedMode?.mode ?? state.settings.mode) === mode}
            disabled={fixedMode !== undefined}
            onChoose={() => change({ kind: 'settings', settings: { mode } })}
          >
            <ModePicture mode={mode} />
            <b>{words.mode.names[mode]}</b>
            <span>{words.mode.details[mode]}</span>
          </Choice>
        ))}
      </div>
    </>
  )
}
