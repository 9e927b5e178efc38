import type { JSX } from 'react'
import { Countdown } from './Countdown.tsx'

/** `way`: this way, with a code; `closed`: no way here */
export type MarkName = 'granted' | 'denied' | 'check' | 'unreadable' | 'fault' | 'way' | 'closed'

/**
 * A shape of its own for each answer, with an outline of the same shape around it that runs out: so neither the colour nor
 * the time is told by a circle alone. Drawn in a box of 240; `field` is the colour behind, `mark` the colour of the words.
 */
export function Mark({ name, ms }: { readonly name: MarkName; readonly ms?: number | 'until-chosen' }): JSX.Element {
  return (
    <div className={`mark mark-${name}`} aria-hidden="true">
      {typeof ms === 'number' && <Countdown ms={ms}>{OUTLINE[name]}</Countdown>}
      <svg className="mark-shape" viewBox="0 0 240 240">
        {SHAPE[name]}
      </svg>
    </div>
  )
}

/** The shapes once more, for a list: the same silhouette, filled. */
export function SmallMark({ name }: { readonly name: 'granted' | 'denied' | 'check' | 'unreadable' }): JSX.Element {
  return (
    <svg className={`small-mark small-${name}`} viewBox="0 0 240 240" aria-hidden="true">
      {SHAPE[name]}
      {name === 'unreadable' && OUTLINE.unreadable}
    </svg>
  )
}

const OUTLINE: Readonly<Partial<Record<MarkName, JSX.Element>>> = {
  granted: <circle cx="120" cy="120" r="113" />,
  denied: <path d="M74 9H166L231 74V166L166 231H74L9 166V74Z" />,
  check: <path d="M120 15L236 223H4Z" />,
  unreadable: <rect className="dashed" x="12" y="12" width="216" height="216" rx="34" pathLength="96" />,
}

const SHAPE: Readonly<Record<MarkName, JSX.Element>> = {
  granted: (
    <>
      <circle className="solid" cx="120" cy="120" r="95" />
      <path className="cut cut-check" d="M76 124L107 155L166 89" />
    </>
  ),
  denied: (
    <>
      <path className="solid rounded" d="M83 31H157L209 83V157L157 209H83L31 157V83Z" />
      <path className="cut cut-cross" d="M87 87L153 153M153 87L87 153" />
    </>
  ),
  check: (
    <>
      <path className="solid rounded" d="M120 60L196 196H44Z" />
      <path className="cut cut-bang" d="M120 105V141" />
      <circle className="hole" cx="120" cy="171" r="11.5" />
    </>
  ),
  unreadable: (
    <>
      <path className="line" d="M84 96C84 48 156 48 156 96C156 128 120 124 120 152" />
      <circle className="solid" cx="120" cy="186" r="14" />
    </>
  ),
  fault: (
    <>
      <rect className="solid" x="18" y="34" width="204" height="140" rx="20" />
      <path className="solid" d="M96 174H144V206H96Z" />
      <path className="line thin" d="M74 212H166" />
      <path className="cut cut-fault" d="M96 80L144 128M144 80L96 128" />
    </>
  ),
  // a code at the foot of the arrow: with it, this way
  way: (
    <>
      <circle className="solid" cx="120" cy="120" r="114" />
      <g className="onward">
        <path className="cut" d="M120 134V44M74 86L120 40L166 86" />
      </g>
      <path
        className="code"
        d="M92 156H112V176H92ZM128 156H148V176H128ZM92 192H112V212H92ZM128 192H136V200H128ZM140 204H148V212H140Z"
      />
    </>
  ),
  closed: (
    <>
      <circle className="solid" cx="120" cy="120" r="112" />
      <path className="cut cut-bar" d="M66 120H174" />
    </>
  ),
}
