/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import type { ApplicantState } from '../../contract/join/application-view.ts'
import { dayAndTime, useLanguage, useWords } from './language.ts'
import { Sign } from './shapes.tsx'

/** How many of the steps are behind the applicant. */
const DONE: Readonly<Partial<Record<ApplicantState['kind'], number>>> = {
  unconfirmed: 1,
  submitted: 2,
  correction: 2,
  approved: 3,
  registered: 5,
}

/** The way to the poster, with the day of whoever is next. */
export function Steps({ state }: { readonly state: ApplicantState }) {
  const { status } = useWords()
  const language = useLanguage()
  const [now] = useState(() => Date.now())
  const { sent, confirm, decide, register, poster } = status.steps
  const done = DONE[state.kind] ?? 0
  return (
    <ol class="steps">
      {[sent, confirm, decide, register, poster].map((step, at) => (
        <li
          key={step}
          class={at < done ? 'done' : at === done ? 'now' : ''}
          aria-current={at === done ? 'step' : undefined}
        >
          {at < done ? <Sign is="good" size={22} /> : <i aria-hidden="true">{at + 1}</i>}
          <span>
            {step}
            {at === done && state.due !== undefined && (
              <small> {Date.parse(state.due) < now ? status.late : status.by(dayAndTime(state.due, language))}</small>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}
