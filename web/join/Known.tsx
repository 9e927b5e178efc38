/** @jsxImportSource preact */
import { useEffect, useRef } from 'preact/hooks'
import type { ApplicantView } from '../../contract/join/application-view.ts'
import { day, useLanguage, useWords } from './language.ts'

interface Props {
  readonly view: ApplicantView | undefined
  readonly onAnyway: () => void
  readonly onBack: () => void
}

/** Somebody has applied for this venue: said kindly, and left to the applicant. */
export function Known({ view, onAnyway, onBack }: Props) {
  const { known } = useWords()
  const language = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  const other = view?.known.find(({ likeness }) => likeness === 'venue')
  return (
    <div class="notice wait" role="alert" tabIndex={-1} ref={box}>
      <h2>{known.heading}</h2>
      <p>{other ? known.text(day(other.submittedAt, language)) : known.textPlain}</p>
      <div class="row">
        <button type="button" class="plain" onClick={onBack}>
          {known.back}
        </button>
        <button type="button" class="quiet" onClick={onAnyway}>
          {known.anyway}
        </button>
      </div>
    </div>
  )
}
