import type { JSX } from 'react'
import type { KioskStatus, Language } from '../preload/kiosk-api.ts'
import { hourAndMinute } from './clock-time.ts'
import { LANGUAGES } from './i18n/languages.ts'
import type { Words } from './i18n/words.ts'
import { statusNotes } from './status-notes.ts'
import { store } from './store.ts'
import { languageChosen } from './window-state.ts'

interface TopProps {
  readonly status: KioskStatus | undefined
  readonly words: Words
  readonly minute: number
}

/** Where this is, and what time it is. */
export function TopEdge({ status, words, minute }: TopProps): JSX.Element {
  return (
    <header>
      <p className="place">
        <b>{status?.venue ?? words.product}</b>
        {status?.accessPoint !== undefined && <span>{status.accessPoint}</span>}
      </p>
      <time>{hourAndMinute(minute)}</time>
    </header>
  )
}

interface BottomProps extends TopProps {
  readonly language: Language
  /** during an answer only what is wrong may speak beside it */
  readonly terse: boolean
  /** false: no buttons, for nobody who would choose a language can reach them */
  readonly touched?: boolean
}

export function BottomEdge({ status, words, minute, language, terse, touched = true }: BottomProps): JSX.Element {
  const notes = status === undefined ? [] : statusNotes(status, words, minute).filter((note) => note.wrong || !terse)
  return (
    <footer>
      <ul className="notes">
        {notes.map((note) => (
          <li key={note.key} className={note.wrong ? 'wrong' : note.unproved === true ? 'unproved' : 'well'}>
            {note.text}
          </li>
        ))}
      </ul>
      {touched && <LanguageButtons language={language} words={words} />}
    </footer>
  )
}

function LanguageButtons({ language, words }: Pick<BottomProps, 'language' | 'words'>): JSX.Element {
  return (
    <nav aria-label={words.languages}>
      {LANGUAGES.filter(({ code }) => code !== language).map(({ code, name }) => (
        <button
          key={code}
          type="button"
          className="language"
          lang={code}
          onClick={() => store.setState((state) => languageChosen(state, code, Date.now()))}
        >
          {name}
        </button>
      ))}
    </nav>
  )
}
