import { Fragment, type JSX } from 'react'
import { assertNever } from '../../contract/assert-never.ts'
import type { ScreenState } from '../preload/kiosk-api.ts'
import { Bound } from './Bound.tsx'
import { Busy } from './Busy.tsx'
import { Reasons } from './DeskActions.tsx'
import { Heading } from './Heading.tsx'
import type { ReaderKind, Words } from './i18n/words.ts'
import { IdlePicture } from './IdlePicture.tsx'
import { Mark, type MarkName } from './Mark.tsx'
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
      return <Idle heading={message.heading} steps={words.idle.steps(reader)} advice={words.idle.advice} />
    case 'starting':
    case 'reading':
    case 'checking':
      // one element for reading and checking: only the word changes between them
      return <Busy key={screen.kind === 'starting' ? 'starting' : 'busy'} kind={screen.kind} message={message} />
    case 'granted':
    case 'denied':
    case 'check':
    case 'unreadable':
      return <Answer key={turn} mark={screen.kind} ms={screen.ms} message={message} />
    case 'resolved':
      return (
        <Answer
          key={turn}
          mark={screen.outcome === 'admitted' ? 'granted' : 'denied'}
          ms={screen.ms}
          message={message}
        />
      )
    case 'asking':
      return (
        <section key="asking" className="answer asking">
          <Heading text={message.heading} />
          <Reasons scan={screen.scan} words={words} />
        </section>
      )
    case 'fault':
      return <Fault message={message} words={words} />
    default:
      return assertNever(screen)
  }
}

interface IdleProps {
  readonly heading: string
  readonly steps: readonly string[]
  readonly advice: string
}

function Idle({ heading, steps, advice }: IdleProps): JSX.Element {
  return (
    <section className="idle">
      <IdlePicture advice={advice} />
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

interface AnswerProps {
  readonly mark: MarkName
  readonly ms: number | 'until-chosen'
  readonly message: Message
}

function Answer({ mark, ms, message }: AnswerProps): JSX.Element {
  return (
    <section className="answer">
      <Mark name={mark} ms={ms} />
      <Heading text={message.heading} />
      {message.detail !== undefined && (
        <p className="detail">
          <Bound text={message.detail} />
        </p>
      )}
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
          {message.remedy.contact !== undefined && <Contact text={message.remedy.contact} />}
          <p className="support-code">{message.remedy.supportCode}</p>
        </div>
      )}
    </section>
  )
}

/** A telephone number stays in one piece. */
function Contact({ text }: { readonly text: string }): JSX.Element {
  return (
    <p className="contact">
      {text.split(/(?<=[,:;]) /).map((part) => (
        <Fragment key={part}>
          <span className="bound">{part}</span>{' '}
        </Fragment>
      ))}
    </p>
  )
}
