import { assertNever } from '../../contract/assert-never.ts'
import { useLayoutEffect, type JSX } from 'react'
import type { KioskStatus, ScreenState } from '../preload/kiosk-api.ts'
import { Bound } from './Bound.tsx'
import { clockTime } from './clock-time.ts'
import { DeskActions } from './DeskActions.tsx'
import { DeskPanel } from './DeskPanel.tsx'
import { BottomEdge, TopEdge } from './Edges.tsx'
import { Field } from './Field.tsx'
import { languageEntry } from './i18n/languages.ts'
import type { ReaderKind } from './i18n/words.ts'
import { messageOf, toneOf, wholeMessageOf, type Message, type Place } from './message.ts'
import { afterPaint } from './painted.ts'
import { playSound } from './sounds.ts'
import { useWindow } from './store.ts'
import { TurnstileField } from './TurnstileField.tsx'

/** What is not known yet is drawn as the plainest door there is. */
const NO_PLACE: Place = { mode: 'self-service' }

export function KioskScreen(): JSX.Element {
  const { screen, turn, status, sheet, language, minute } = useWindow((state) => state)
  const { words } = languageEntry(language)
  const place: Place = status ?? NO_PLACE
  const timeOf = (iso: string): string => clockTime(iso, minute)
  const message = messageOf(screen, words, timeOf, place)
  const tone = toneOf(screen)
  const edges = { status, words, minute }

  useLayoutEffect(() => {
    document.documentElement.lang = language
    document.title = words.product
  }, [language, words])
  useLayoutEffect(() => whenPainted(screen), [screen, turn])

  return (
    <main
      className={`mode-${place.mode} tone-${tone}`}
      data-screen={screen.kind}
      data-mode={place.mode}
      data-link={status?.link.kind}
    >
      {place.mode !== 'desk' && <TopEdge {...edges} />}
      {status?.recording === false && (
        <p className="strip">
          <Bound text={words.notRecording} />
        </p>
      )}
      {place.mode === 'turnstile' ? (
        <TurnstileField screen={screen} turn={turn} message={message} />
      ) : (
        <Field screen={screen} turn={turn} message={message} words={words} reader={readerShown(status)} />
      )}
      {place.mode === 'desk' ? (
        <>
          <DeskActions screen={screen} words={words} />
          <DeskPanel {...edges} sheet={sheet} language={language} />
        </>
      ) : (
        <BottomEdge {...edges} language={language} terse={tone !== 'calm'} touched={place.mode !== 'turnstile'} />
      )}
      <p className="spoken" role="status" aria-live="assertive" aria-atomic="true">
        {spoken(place.mode === 'desk' ? message : wholeMessageOf(screen, words, timeOf, place.contact))}
        {/* the next visitor's answer may be the same: text that does not change is not spoken */}
        {turn % 2 === 0 ? '' : '\u00a0'}
      </p>
    </main>
  )
}

/** Tells the main process that an answer is on the glass, and only then sounds it. Returns how to give up. */
function whenPainted(screen: ScreenState): (() => void) | undefined {
  switch (screen.kind) {
    case 'granted':
    case 'denied':
    case 'check':
    case 'unreadable':
      return afterPaint(() => {
        window.kiosk.painted(screen.scan)
        playSound(screen.kind)
      })
    case 'resolved':
      return afterPaint(() => {
        window.kiosk.painted(screen.scan)
        playSound(screen.outcome === 'admitted' ? 'granted' : 'denied')
      })
    case 'starting':
    case 'idle':
    case 'reading':
    case 'checking':
    case 'asking':
    case 'fault':
      return undefined
    default:
      return assertNever(screen)
  }
}

/** What a visitor is to hold the code to: the camera where one works, else the scanner. */
function readerShown(status: KioskStatus | undefined): ReaderKind {
  return status?.readers.find((reader) => reader.kind === 'camera' && reader.live)?.kind ?? 'serial'
}

function spoken(message: Message): string {
  const { heading, detail, note, reference, remedy } = message
  return [heading, detail, note, reference, remedy?.text, remedy?.contact]
    .filter((part) => part !== undefined)
    .join('. ')
}
