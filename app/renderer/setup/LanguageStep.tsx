import type { JSX } from 'react'
import { LANGUAGES } from '../i18n/languages.ts'
import { Choice } from './Choice.tsx'
import type { StepProps } from './step-props.ts'

export function LanguageStep({ state, words, change }: StepProps): JSX.Element {
  return (
    <>
      <h1>{words.language.heading}</h1>
      <p className="lead">{words.language.detail}</p>
      <div className="cards languages" role="radiogroup" aria-label={words.language.heading}>
        {LANGUAGES.map(({ code, name }) => (
          <Choice
            key={code}
            role="radio"
            lang={code}
            className="card"
            checked={state.settings.language === code}
            onChoose={() => change({ kind: 'settings', settings: { language: code } })}
          >
            <b>{name}</b>
          </Choice>
        ))}
      </div>
    </>
  )
}
