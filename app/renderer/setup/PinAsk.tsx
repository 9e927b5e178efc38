import { useEffect, useState, type JSX } from 'react'
import type { SetupState } from '../../preload/setup-api.ts'
import { Keypad, pinTyped } from './Keypad.tsx'
import { noSpaceBar } from './scanned-keys.ts'
import { SHORTEST_PIN } from './wizard.ts'
import type { SetupWords } from './words/setup-words.ts'

interface PinAskProps {
  readonly setup: Extract<SetupState, { kind: 'pin' }>
  readonly words: SetupWords
}

export function PinAsk({ setup, words }: PinAskProps): JSX.Element {
  const [pin, setPin] = useState('')
  const left = useSecondsUntil(setup.pausedUntil)
  const isPaused = left > 0
  const enter = (): void => {
    if (pin.length < SHORTEST_PIN || isPaused) return
    setPin('')
    void window.kioskSetup.ask({ kind: 'pin', pin })
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typed = pinTyped(pin, event.key)
      if (event.key === 'Escape') cancel()
      // Enter on a button presses that button.
      else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) enter()
      else if (typed !== undefined && !isPaused) setPin(typed)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })

  return (
    <main className="setup pin-ask" data-screen="set-up-pin" {...noSpaceBar}>
      <section>
        <div className="said">
          <h1>{words.ask.heading}</h1>
          <p>{words.ask.detail}</p>
          <p className="trouble">
            <span role="alert">{isPaused ? words.ask.paused : setup.wrong > 0 ? words.ask.wrong(setup.left) : ''}</span>
            {/* beside it: an alert is spoken at every change, and this would be every second */}
            {isPaused && <span aria-hidden="true"> {words.ask.pauseLeft(left)}</span>}
          </p>
        </div>
        <Keypad pin={pin} words={words.pin} disabled={isPaused} onChange={setPin} />
      </section>
      <footer>
        <button type="button" onClick={cancel}>
          {words.back}
        </button>
        <button type="button" className="main-action" disabled={pin.length < SHORTEST_PIN || isPaused} onClick={enter}>
          {words.ask.enter}
        </button>
      </footer>
    </main>
  )
}

const cancel = (): void => void window.kioskSetup.ask({ kind: 'cancel' })

function useSecondsUntil(iso: string | undefined): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 500)
    return () => window.clearInterval(timer)
  }, [])
  // the clock was looked at up to half a second ago: a minute's pause is not 61 s
  return iso === undefined ? 0 : Math.min(60, Math.max(0, Math.ceil((Date.parse(iso) - now) / 1000)))
}
