import { useState, type JSX } from 'react'
import { assertNever } from '../../server/contract/assert-never.ts'
import type { ScreenState } from '../preload/kiosk-api.ts'
import { Bound } from './Bound.tsx'
import type { ReaderKind, Words } from './i18n/words.ts'
import { IdlePicture } from './IdlePicture.tsx'
import { Mark } from './Mark.tsx'
import type { Message } from './message.ts'

interface FieldProps {
  readonly screen: ScreenState
  readonly turn: number
  readonly message: Message
  readonly words: Words
  readonly reader: ReaderKind
}

/** The middle of the screen: one thought. */
export function Field({ screen, turn, message, words, reader }: FieldProps): JSX.Element {
  switch (screen.kind) {
    case 'idle':
      return <Idle heading={message.heading} steps={words.idle.steps(reader)} />
    case 'starting':
    case 'reading':
    case 'checking':
      // one element for reading and checking: only the word changes between them
      return <Busy key={screen.kind === 'starting' ? 'starting' : 'busy'} kind={screen.kind} message={message} />
    case 'granted':
    case 'denied':
    case 'check':
    case 'unreadable':
      return <Answer key={turn} kind={screen.kind} ms={screen.ms} message={message} />
    case 'fault':
      return <Fault message={message} words={words} />
    default:
      return assertNever(screen)
  }
}

function Idle({ heading, steps }: { readonly heading: string; readonly steps: readonly string[] }): JSX.Element {
  return (
    <section className="idle">
      <IdlePicture />
      <div className="words">
        <h1>
          <Bound text={heading} />
        </h1>
        <ol>
          {steps.map((step) => (
            <li key={step}>
              <p>
                <Bound text={step} />
              </p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  )
}

type BusyKind = 'starting' | 'reading' | 'checking'

/** An answer usually comes within a blink; checking that begins from rest shows itself only when it takes longer. */
function Busy({ kind, message }: { readonly kind: BusyKind; readonly message: Message }): JSX.Element {
  const [first] = useState(kind)
  return (
    <section className={first === 'checking' ? 'answer busy late' : 'answer busy'}>
      <div className="mark turning" aria-hidden="true">
        <svg viewBox="0 0 240 240">
          <circle className="turning-track" cx="120" cy="120" r="100" />
          <circle className="turning-part" cx="120" cy="120" r="100" pathLength="100" />
        </svg>
      </div>
      <h1>
        <Bound text={message.heading} />
      </h1>
      <p className="detail">
        <Bound text={message.detail} />
      </p>
    </section>
  )
}

interface AnswerProps {
  readonly kind: 'granted' | 'denied' | 'check' | 'unreadable'
  readonly ms: number
  readonly message: Message
}

function Answer({ kind, ms, message }: AnswerProps): JSX.Element {
  return (
    <section className="answer">
      <Mark name={kind} ms={ms} />
      <h1>
        <Bound text={message.heading} />
      </h1>
      <p className="detail">
        <Bound text={message.detail} />
      </p>
      {message.note !== undefined && <p className="note">{message.note}</p>}
      {message.reference !== undefined && <p className="reference">{message.reference}</p>}
    </section>
  )
}

function Fault({ message, words }: { readonly message: Message; readonly words: Words }): JSX.Element {
  return (
    <section className="answer out-of-order">
      <Mark name="fault" />
      <h1>
        <Bound text={message.heading} />
      </h1>
      <p className="detail">
        <Bound text={message.detail} />
      </p>
      {message.remedy !== undefined && (
        <div className="remedy">
          <h2>{words.forStaff}</h2>
          <p>{message.remedy.text}</p>
          <p className="support-code">{message.remedy.supportCode}</p>
        </div>
      )}
    </section>
  )
}
