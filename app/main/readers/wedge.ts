import type { Reader, ReaderSignal } from '../ports.ts'
import type { KeyInput } from './key-input.ts'
import { createSilence, startRealTimer, type StartTimer, type SteadyClock } from './silence.ts'
import {
  fallSilent,
  pressKey,
  silenceAfter,
  WEDGE_IDLE,
  type WedgeFrameTiming,
  type WedgeState,
  type WedgeStep,
} from './wedge-decoder.ts'

type KeyListener = (event: { preventDefault(): void }, input: KeyInput) => void

/** The part of Electron's `WebContents` that is used here: keys come before the page sees them, by physical key. */
export interface KeySource {
  on(event: 'before-input-event', listener: KeyListener): unknown
  removeListener(event: 'before-input-event', listener: KeyListener): unknown
}

export interface Wedge extends Reader {
  readonly kind: 'wedge'
  /** Listens to this window's keys, and to no other's any more. Before `start` every key passes. */
  attach(source: KeySource): void
  /** From now on these characters before a code tell that a scanner types it. */
  expectPrefix(prefix: string): void
  /** While a person types into the page (a PIN), the keys are the page's too: a scan among them is heard all the same. */
  stepAside(aside: boolean): void
  /** How the last code came that was signalled. */
  lastFrame(): WedgeFrameTiming | undefined
}

const WEDGE_NAME = 'keyboard'

/** A keyboard-wedge scanner, through the window that has the keyboard. Nothing of a scanned code reaches the page. */
export function createWedge(
  now: SteadyClock = () => performance.now(),
  startTimer: StartTimer = startRealTimer,
): Wedge {
  let state: WedgeState = WEDGE_IDLE
  let source: KeySource | undefined
  let prefix = ''
  let isAside = false
  let lastFrame: WedgeFrameTiming | undefined
  let onSignal: ((signal: ReaderSignal) => void) | undefined
  /** Codes of keys kept from the page that are still down: their way up is kept from it too. */
  const held = new Set<string>()

  const silence = createSilence(() => take(fallSilent(state, now())), now, startTimer)

  function take(step: WedgeStep): void {
    state = step.state
    if (step.frame) lastFrame = step.frame
    const patience = silenceAfter(state)
    if (patience === undefined) silence.cancel()
    else silence.expectWithin(patience)
    for (const signal of step.signals) onSignal?.(signal)
  }

  const onInput: KeyListener = (event, input) => {
    if (!onSignal) return
    if (isAside) {
      overhear(event, input)
      return
    }
    if (input.type === 'keyUp') {
      if (held.delete(input.code)) event.preventDefault()
      return
    }
    if (input.isAutoRepeat) {
      if (held.has(input.code)) event.preventDefault()
      return
    }
    const { code, shift, control, alt, meta, isAutoRepeat } = input
    const step = pressKey(state, { code, shift, control, alt, meta, isAutoRepeat, at: now() }, prefix)
    // [Note: a code must not press the staff's keys] needs its way up
    const mayBeStaff = state.kind === 'idle' && /^(Digit|Numpad)\d$/.test(code)
    if (step.consumed && !mayBeStaff) {
      held.add(code)
      event.preventDefault()
    } else {
      held.delete(code)
    }
    // A key that changed nothing (Shift, a staff key) is no sign of life of a scan: the silence goes on.
    if (step.state !== state || step.signals.length > 0) take(step)
  }

  /** The page has the keys too, but for every Enter or Tab that ends a scan: it would press a button, or leave a field. */
  const overhear: KeyListener = (event, input) => {
    if (input.type === 'keyUp' || input.isAutoRepeat) return
    const { code, shift, control, alt, meta, isAutoRepeat } = input
    const step = pressKey(state, { code, shift, control, alt, meta, isAutoRepeat, at: now() }, prefix)
    if (step.consumed && step.state.kind === 'idle') event.preventDefault()
    if (step.state !== state || step.signals.length > 0) take(step)
  }

  function forget(): void {
    silence.cancel()
    held.clear()
    state = WEDGE_IDLE
  }

  function attach(next: KeySource): void {
    source?.removeListener('before-input-event', onInput)
    forget()
    source = next
    next.on('before-input-event', onInput)
    onSignal?.({ kind: 'live', live: true, name: WEDGE_NAME })
  }

  return {
    kind: 'wedge',
    attach,
    expectPrefix(next) {
      prefix = next
    },
    stepAside(aside) {
      if (aside !== isAside) forget()
      isAside = aside
    },
    lastFrame: () => lastFrame,
    start(listener) {
      onSignal = listener
      if (source) listener({ kind: 'live', live: true, name: WEDGE_NAME })
    },
    stop() {
      source?.removeListener('before-input-event', onInput)
      source = undefined
      onSignal = undefined
      forget()
    },
  }
}
