/** @jsxImportSource preact */
import type { ApplicationDraft } from '../../contract/join/application-form.ts'
import { filledIn } from './form-errors.ts'
import { time, useLanguage, useWords } from './language.ts'
import { LookUp } from './LookUp.tsx'
import { Sign } from './shapes.tsx'
import type { Saving } from './use-application.ts'

/** How far it is, that nothing is lost, and what comes next. */
export function Aside({ form, saving }: { readonly form: ApplicationDraft; readonly saving: Saving }) {
  const { next, filled } = useWords()
  const { done, of } = filledIn(form)
  return (
    <aside>
      <div class="progress">
        <div class="bar" aria-hidden="true">
          <span style={{ width: `${(done / of) * 100}%` }} />
        </div>
        <p>
          <b>{filled(done, of)}</b>
          <Saved saving={saving} />
        </p>
      </div>
      <div class="next">
        <h2>{next.heading}</h2>
        <ol>
          {next.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </div>
      <LookUp />
    </aside>
  )
}

function Saved({ saving }: { readonly saving: Saving }) {
  const { saved } = useWords()
  const language = useLanguage()
  return (
    <span role="status" class="saved">
      {saving.kind === 'saved' && (
        <>
          <Sign is="good" size={16} /> {saved.saved(time(saving.at, language))}
        </>
      )}
      {saving.kind === 'typing' && saved.typing}
      {saving.kind === 'here' && (
        <>
          <Sign is="wait" size={16} /> {saved.here}
        </>
      )}
    </span>
  )
}
