import type { JSX } from 'react'
import type { Advice } from './words/setup-words.ts'

const SHAPES = {
  well: (
    <>
      <circle cx="12" cy="12" r="11" />
      <path d="M7 12.5L10.5 16L17 8.5" />
    </>
  ),
  wrong: (
    <>
      <path className="triangle" d="M12 2.5L22.5 21H1.5Z" />
      <path d="M12 9.5V14M12 17.4V17.6" />
    </>
  ),
  waiting: <circle className="dashes" cx="12" cy="12" r="9.5" />,
} as const

/** One finding in words, with the shape of its kind. */
export function Advised({
  advice,
  tone,
}: {
  readonly advice: Advice
  readonly tone: keyof typeof SHAPES
}): JSX.Element {
  return (
    <div className={`advised ${tone}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {SHAPES[tone]}
      </svg>
      <div>
        <b>{advice.heading}</b>
        {advice.detail !== undefined && <p>{advice.detail}</p>}
      </div>
    </div>
  )
}
