/** What the wedge decoder makes of keys, and texts to type. */
import { fallSilent, pressKey, silenceAfter, WEDGE_IDLE, type WedgeSignal, type WedgeState } from '../wedge-decoder.ts'
import type { WedgeKey } from '../wedge-keys.ts'

export const ALPHABET_45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
export const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join('')
/** As long as a pass. Not a valid one: the reader does not look. */
export const PASS = `QP1:${(ALPHABET_45 + ALPHABET_45 + ALPHABET_45 + ALPHABET_45).slice(0, 144)}`

export interface Heard {
  readonly signals: readonly WedgeSignal[]
  /** for each key, whether the page was kept from it */
  readonly consumed: readonly boolean[]
  readonly state: WedgeState
}

/** Presses keys as the reader does: silence is told as soon as it is due, at last after the last key. */
export function hear(keys: readonly WedgeKey[], silences = true): Heard {
  let state: WedgeState = WEDGE_IDLE
  const signals: WedgeSignal[] = []
  const consumed: boolean[] = []
  let lastAt = 0
  const silenceBefore = (at: number): void => {
    const patience = silenceAfter(state)
    if (!silences || patience === undefined || at - lastAt <= patience) return
    const step = fallSilent(state, lastAt + patience)
    signals.push(...step.signals)
    state = step.state
  }
  for (const key of keys) {
    silenceBefore(key.at)
    const step = pressKey(state, key)
    signals.push(...step.signals)
    consumed.push(step.consumed)
    state = step.state
    lastAt = key.at
  }
  silenceBefore(Number.POSITIVE_INFINITY)
  return { signals, consumed, state }
}

export const scan = (text: string): WedgeSignal => ({ kind: 'scan', text })
export const READING: WedgeSignal = { kind: 'reading' }
export const every = (ms: number) => (): number => ms
