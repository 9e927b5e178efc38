import type { JSX } from 'react'
import { CODE_LETTERS } from '../../../contract/kiosk/enrolment.ts'
import type { SetupWords } from './words/setup-words.ts'

interface CodePadProps {
  readonly words: SetupWords['enrol']
  /** the address is being written: it needs more than a code's letters */
  readonly forServer: boolean
  readonly onKey: (key: string) => void
  /** back to the code */
  readonly onCode: () => void
  /** `undefined`: there is nothing to connect with yet */
  readonly onConnect: (() => void) | undefined
}

const SERVER_PAD = Array.from('1234567890qwertyuiopasdfghjklzxcvbnm.-:/')
const CODE_PAD = Array.from(CODE_LETTERS)

/** Letters to touch: not every terminal has a keyboard. */
export function CodePad({ words, forServer, onKey, onCode, onConnect }: CodePadProps): JSX.Element {
  return (
    <div className={forServer ? 'code-pad for-server' : 'code-pad'}>
      {(forServer ? SERVER_PAD : CODE_PAD).map((letter) => (
        <button key={letter} type="button" aria-label={words.letter(letter)} onClick={() => onKey(letter)}>
          {letter}
        </button>
      ))}
      <button type="button" className="erase" aria-label={words.erase} onClick={() => onKey('Backspace')}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M9 5H21V19H9L2 12ZM12 9L18 15M18 9L12 15" />
        </svg>
      </button>
      {forServer && (
        <button type="button" className="to-code" onClick={onCode}>
          {words.code}
        </button>
      )}
      <button type="button" className="main-action" disabled={!onConnect} onClick={onConnect}>
        {words.connect}
      </button>
    </div>
  )
}
