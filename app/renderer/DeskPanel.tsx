import type { JSX } from 'react'
import type { DeskEntry, DeskSheet, KioskStatus, Language } from '../preload/kiosk-api.ts'
import { timeWithSeconds } from './clock-time.ts'
import { BottomEdge, TopEdge } from './Edges.tsx'
import type { Words } from './i18n/words.ts'
import { SmallMark } from './Mark.tsx'

interface DeskPanelProps {
  readonly sheet: DeskSheet | undefined
  readonly status: KioskStatus | undefined
  readonly words: Words
  readonly language: Language
  readonly minute: number
}

/** Beside the answer, for the employee: what was, how many, and what else can be done. Nothing of anybody. */
export function DeskPanel({ sheet, status, words, language, minute }: DeskPanelProps): JSX.Element {
  const { desk } = words
  const entries = sheet?.entries ?? []
  return (
    <aside className="panel" aria-label={desk.panel}>
      <TopEdge status={status} words={words} minute={minute} />
      {entries.length === 0 ? (
        <p className="journal none">{desk.nobodyYet}</p>
      ) : (
        <ol className="journal" aria-label={desk.last}>
          {entries.map((entry) => (
            <li key={entry.at} className={entry.resolved === undefined ? 'as-answered' : 'by-staff'}>
              <SmallMark name={markOf(entry)} />
              <time dateTime={entry.at}>{timeWithSeconds(entry.at)}</time>
              <span>{wordOf(entry, words)}</span>
            </li>
          ))}
        </ol>
      )}
      <dl className="numbers">
        <div>
          <dt>{desk.admittedToday}</dt>
          <dd>{sheet?.admitted ?? 0}</dd>
        </div>
        <div>
          <dt>{desk.refusedToday}</dt>
          <dd>{sheet?.refused ?? 0}</dd>
        </div>
      </dl>
      <div className="sms">
        <button type="button" className="action" disabled aria-describedby="sms-later">
          <kbd>F3</kbd>
          {desk.smsCode}
        </button>
        <p id="sms-later">{desk.smsLater}</p>
      </div>
      <BottomEdge status={status} words={words} minute={minute} language={language} terse={false} touched={false} />
    </aside>
  )
}

function markOf({ kind, resolved }: DeskEntry): DeskEntry['kind'] {
  if (resolved === undefined) return kind
  return resolved === 'admitted' ? 'granted' : 'denied'
}

function wordOf({ kind, resolved }: DeskEntry, { desk }: Words): string {
  if (resolved !== undefined) return desk.decided[resolved]
  return desk.answered[kind]
}
