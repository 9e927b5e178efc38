import type { JSX, ReactNode } from 'react'

/**
 * How a state stands, as a shape with its colour, the same everywhere: `good` is done and in force, `bad` refused or
 * broken, `wait` asks for somebody's deed, `going` is under way, `over` has ended, `unknown` nobody can say.
 */
export type Standing = 'good' | 'bad' | 'wait' | 'going' | 'over' | 'unknown'

const WORD_COLOR: Readonly<Record<Standing, string>> = {
  good: '#00633f',
  bad: '#b3122a',
  wait: '#6e4800',
  going: '#063b89',
  over: '#5b6b82',
  unknown: '#3c4a5f',
}

/** Drawn in a box of 24; the kiosk's four shapes, and two for what is neither good nor bad. */
const SHAPE: Readonly<Record<Standing, JSX.Element>> = {
  good: (
    <>
      <circle cx="12" cy="12" r="11" fill="#00754a" />
      <path
        d="M7 12.4l3.4 3.4L17 9"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  bad: (
    <>
      <path d="M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z" fill="#b3122a" />
      <path d="M8 8l8 8M16 8l-8 8" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
    </>
  ),
  wait: (
    <>
      <path d="M12 1.5L23.5 22H.5z" fill="#ffb81c" stroke="#b87900" strokeLinejoin="round" />
      <path d="M12 9v6" stroke="#2b1b00" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="12" cy="18.6" r="1.5" fill="#2b1b00" />
    </>
  ),
  going: (
    <>
      <circle cx="12" cy="12" r="10" fill="none" stroke="#0a55c2" strokeWidth="2.4" />
      <path d="M12 2a10 10 0 0 1 0 20z" fill="#0a55c2" />
    </>
  ),
  over: (
    <>
      <circle cx="12" cy="12" r="10" fill="none" stroke="#6f7f96" strokeWidth="2.4" />
      <path d="M7.5 12h9" stroke="#6f7f96" strokeWidth="2.4" strokeLinecap="round" />
    </>
  ),
  unknown: (
    <>
      <rect
        x="1.5"
        y="1.5"
        width="21"
        height="21"
        rx="5"
        fill="none"
        stroke="#3c4a5f"
        strokeWidth="2.4"
        strokeDasharray="4.6 3"
      />
      <path
        d="M9 9.4a3 3 0 1 1 4.4 2.6c-1 .6-1.4 1.1-1.4 2.2"
        fill="none"
        stroke="#3c4a5f"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
      <circle cx="12" cy="17.6" r="1.4" fill="#3c4a5f" />
    </>
  ),
}

/** The state of a thing: a word with a shape, so that colour is never needed. */
export function StateWord({ is, children }: { readonly is: Standing; readonly children: ReactNode }): JSX.Element {
  return (
    <span className="state-word" style={{ color: WORD_COLOR[is] }}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {SHAPE[is]}
      </svg>
      {children}
    </span>
  )
}
