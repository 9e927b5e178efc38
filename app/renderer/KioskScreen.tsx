import { useLayoutEffect, type JSX } from 'react'
import type { KioskStatus, ScreenState } from '../preload/kiosk-api.ts'
import { Bound } from './Bound.tsx'
import { clockTime } from './clock-time.ts'
import { BottomEdge, TopEdge } from './Edges.tsx'
import { Field } from './Field.tsx'
import { languageEntry } from './i18n/languages.ts'
import type { ReaderKind } from './i18n/words.ts'
import { messageOf, toneOf, type Message } from './message.ts'
import { afterPaint } from './painted.ts'
import { playSound } from './sounds.ts'
import { useWindow } from './store.ts'

export function KioskScreen(): JSX.Element {
  const { screen, turn, status, language, minute } = useWindow((state) => state)
  const { words } = languageEntry(language)
  const message = messageOf(screen, words, (iso) => clockTime(iso, minute))
  const tone = toneOf(screen)

  useLayoutEffect(() => {
    document.documentElement.lang = language
    document.title = words.product
  }, [language, words])
  useLayoutEffect(() => whenPainted(screen), [screen, turn])

  return (
    <main className={`tone-${tone}`} data-screen={screen.kind} data-link={status?.link.kind}>
      <TopEdge status={status} words={words} minute={minute} />
      {status?.recording === false && (
        <p className="strip">
          <Bound text={words.notRecording} />
        </p>
      )}
      <Field screen={screen} turn={turn} message={message} words={words} reader={readerShown(status)} />
      <BottomEdge status={status} words={words} minute={minute} language={language} terse={tone !== 'calm'} />
      <p className="spoken" role="status" aria-live="assertive" aria-atomic="true">
        {spoken(message)}
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
    case 'starting':
    case 'idle':
    case 'reading':
    case 'checking':
    case 'fault':
      return undefined
  }
}

/** What a visitor is to hold the code to: the camera where one works, else the scanner. */
function readerShown(status: KioskStatus | undefined): ReaderKind {
  return status?.readers.find((reader) => reader.kind === 'camera' && reader.live)?.kind ?? 'serial'
}

function spoken(message: Message): string {
  return [message.heading, message.detail, message.note, message.reference, message.remedy?.text]
    .filter((part) => part !== undefined)
    .join('. ')
}
