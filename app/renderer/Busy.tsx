import { useState, type JSX } from 'react'
import { Bound } from './Bound.tsx'
import { Heading } from './Heading.tsx'
import type { Message } from './message.ts'
import { QR_DRAWING } from './qr-drawing.ts'

export type BusyKind = 'starting' | 'reading' | 'checking'

/** An answer usually comes within a blink; checking that begins from rest shows itself only when it takes longer. */
export function Busy({ kind, message }: { readonly kind: BusyKind; readonly message: Message }): JSX.Element {
  const [first] = useState(kind)
  return (
    <section className={first === 'checking' ? 'answer busy late' : 'answer busy'}>
      {kind === 'starting' ? <Turning /> : <Reading />}
      <Heading text={message.heading} />
      {message.detail !== undefined && (
        <p className="detail">
          <Bound text={message.detail} />
        </p>
      )}
    </section>
  )
}

function Turning(): JSX.Element {
  return (
    <div className="mark turning" aria-hidden="true">
      <svg viewBox="0 0 240 240">
        <circle className="turning-track" cx="120" cy="120" r="100" />
        <circle className="turning-part" cx="120" cy="120" r="100" pathLength="100" />
      </svg>
    </div>
  )
}

/** «Читаю»: a beam goes up and down over the code. */
function Reading(): JSX.Element {
  return (
    <div className="mark reading" aria-hidden="true">
      <svg viewBox="-5 -5 31 31">
        <path d={QR_DRAWING} />
        <path className="reading-corners" d="M-3.5 1V-3.5H1M20 -3.5H24.5V1M24.5 20V24.5H20M1 24.5H-3.5V20" />
      </svg>
      <i className="beam" />
    </div>
  )
}
