import type { JSX } from 'react'
import { assertNever } from '../../contract/assert-never.ts'
import type { ScreenState } from '../preload/kiosk-api.ts'
import { Busy } from './Busy.tsx'
import { Heading } from './Heading.tsx'
import { Mark, type MarkName } from './Mark.tsx'
import type { Message } from './message.ts'

interface TurnstileFieldProps {
  readonly screen: ScreenState
  readonly turn: number
  readonly message: Message
}

/** Seen from the side and in passing: a sign and a word as large as they can be, nothing to read. */
export function TurnstileField({ screen, turn, message }: TurnstileFieldProps): JSX.Element {
  switch (screen.kind) {
    case 'starting':
    case 'reading':
    case 'checking':
      return <Busy key={screen.kind === 'starting' ? 'starting' : 'busy'} kind={screen.kind} message={message} />
    case 'idle':
      return <Sign key="idle" mark="way" message={message} />
    case 'granted':
    case 'denied':
    case 'check':
    case 'unreadable':
      return <Sign key={turn} mark={screen.kind} ms={screen.ms} message={message} />
    case 'resolved':
      return (
        <Sign key={turn} mark={screen.outcome === 'admitted' ? 'granted' : 'denied'} ms={screen.ms} message={message} />
      )
    case 'asking':
      return <Sign key={turn} mark="denied" message={message} />
    case 'fault':
      return <Sign key="fault" mark="closed" message={message} />
    default:
      return assertNever(screen)
  }
}

interface SignProps {
  readonly mark: MarkName
  readonly ms?: number | 'until-chosen'
  readonly message: Message
}

function Sign({ mark, ms, message }: SignProps): JSX.Element {
  return (
    <section className="answer sign">
      <Mark name={mark} {...(ms === undefined ? {} : { ms })} />
      <Heading text={message.heading} />
      {message.reference !== undefined && <p className="reference">{message.reference}</p>}
      {message.remedy !== undefined && (
        <p className="detail">
          {message.remedy.contact ?? message.remedy.text} · {message.remedy.supportCode}
        </p>
      )}
    </section>
  )
}
