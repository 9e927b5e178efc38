import { useEffect, type JSX } from 'react'
import { Keypad, pinTyped } from './Keypad.tsx'
import type { StepProps } from './Wizard.tsx'

export function PinStep({ state, setup, words, change }: StepProps): JSX.Element {
  const pin = state.pin.kind === 'new' ? state.pin.pin : ''
  const setPin = (next: string): void =>
    change({ kind: 'pin', pin: next === '' ? { kind: 'keep' } : { kind: 'new', pin: next } })
  useEffect(() => {
    const onKey = ({ key, target }: KeyboardEvent): void => {
      const typed = target instanceof HTMLInputElement ? undefined : pinTyped(pin, key)
      if (typed !== undefined) setPin(typed)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
  const { contact = '' } = state.settings
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
                aria-pressed={state.pin.kind === 'keep'}
                onClick={() => change({ kind: 'pin', pin: { kind: 'keep' } })}
              >
                {words.pin.keep}
              </button>
              <button
                type="button"
                aria-pressed={state.pin.kind === 'none'}
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
              onChange={({ target }) =>
                change({ kind: 'settings', settings: { contact: target.value === '' ? undefined : target.value } })
              }
            />
          </label>
        </div>
        <Keypad pin={pin} words={words.pin} onChange={setPin} />
      </div>
    </>
  )
}
