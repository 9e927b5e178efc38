import type { JSX } from 'react'
import { LONGEST_PIN, SHORTEST_PIN } from './wizard.ts'
import type { SetupWords } from './words/setup-words.ts'

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const

interface KeypadProps {
  readonly pin: string
  /** so many digits are shown as entered, where that is not what may be typed on */
  readonly entered?: number
  readonly words: SetupWords['pin']
  readonly disabled?: boolean
  readonly onChange: (pin: string) => void
}

/** Digits to touch, and dots for those entered: a PIN is not read over a shoulder. */
export function Keypad({ pin, entered = pin.length, words, disabled = false, onChange }: KeypadProps): JSX.Element {
  return (
    <div className="keypad">
      <p className="pin-dots">
        {/* words, and no label: what does not change as text is not spoken */}
        <span className="spoken" role="status">
          {words.entered(entered)}
        </span>
        {Array.from({ length: Math.max(SHORTEST_PIN, entered) }, (_, at) => (
          <i key={at} className={at < entered ? 'entered' : ''} />
        ))}
      </p>
      <div className="keys">
        {DIGITS.map((digit) => (
          <button
            key={digit}
            type="button"
            aria-label={words.digit(digit)}
            disabled={disabled}
            onClick={() => onChange(withDigit(pin, digit))}
          >
            {digit}
          </button>
        ))}
        <button type="button" aria-label={words.erase} disabled={disabled} onClick={() => onChange(pin.slice(0, -1))}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M9 5H21V19H9L2 12ZM12 9L18 15M18 9L12 15" />
          </svg>
        </button>
      </div>
    </div>
  )
}

const withDigit = (pin: string, digit: string): string => (pin.length < LONGEST_PIN ? pin + digit : pin)

/** What a key pressed on a keyboard makes of a PIN; `undefined` for a key that is none of its. */
export function pinTyped(pin: string, key: string): string | undefined {
  if (/^\d$/.test(key)) return withDigit(pin, key)
  return key === 'Backspace' ? pin.slice(0, -1) : undefined
}
