import { useEffect, type JSX } from 'react'
import { Keypad, pinTyped } from './Keypad.tsx'
import { useScansTakenBack } from './scanned-keys.ts'
import type { StepProps } from './step-props.ts'

export function PinStep({ state, setup, words, change }: StepProps): JSX.Element {
  const { entry, pin } = state
  const { digits } = entry
  /** nothing is on its way, and what was typed twice is taken */
  const taken = pin.kind === 'new' && entry.kind === 'first' && digits === '' && entry.because === undefined
  const because = entry.kind === 'first' ? entry.because : undefined
  const setDigits = (next: string): void => {
    if (next !== digits) change({ kind: 'digits', digits: next })
    // erased where nothing is on its way
    else if (taken) change({ kind: 'pin', pin: { kind: 'keep' } })
  }
  useEffect(() => {
    const onKey = ({ key, target }: KeyboardEvent): void => {
      const typed = target instanceof HTMLInputElement ? undefined : pinTyped(digits, key)
      if (typed !== undefined) setDigits(typed)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
  const { contact = '' } = state.settings
  const setContact = (next: string): void =>
    change({ kind: 'settings', settings: { contact: next === '' ? undefined : next } })
  useScansTakenBack(contact, setup.typedScans, setContact)
  return (
    <>
      <h1>{words.pin.heading}</h1>
      <div className="pin-step">
        <div className="said">
          <p className="lead">{setup.hasPin ? words.pin.hasOne : words.pin.detail}</p>
          {setup.hasPin && (
            <p className="row-of-buttons">
              <button
                type="button"
                aria-pressed={pin.kind === 'keep'}
                onClick={() => change({ kind: 'pin', pin: { kind: 'keep' } })}
              >
                {words.pin.keep}
              </button>
              <button
                type="button"
                aria-pressed={pin.kind === 'none'}
                onClick={() => change({ kind: 'pin', pin: { kind: 'none' } })}
              >
                {words.pin.remove}
              </button>
            </p>
          )}
          <label>
            <span>{words.pin.contact}</span>
            <input
              type="text"
              maxLength={80}
              value={contact}
              placeholder={words.pin.contactHint}
              onChange={({ target }) => setContact(target.value)}
            />
          </label>
        </div>
        <div className="pin-entry">
          <p role="status">{taken ? words.pin.taken : entry.kind === 'again' ? words.pin.again : words.pin.first}</p>
          <Keypad
            pin={digits}
            entered={taken ? pin.pin.length : digits.length}
            words={words.pin}
            onChange={setDigits}
          />
          <p className="trouble" role="alert">
            {because === undefined ? '' : words.pin[because]}
          </p>
        </div>
      </div>
    </>
  )
}
