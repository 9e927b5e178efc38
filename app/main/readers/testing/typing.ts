/** What a keyboard does when a text is typed on it: for tests, and for whoever plays a scanner. */
import { US_KEYS, type WedgeKey } from '../wedge-keys.ts'

export interface KeyPress {
  readonly code: string
  readonly shift: boolean
}

const PRESSES: ReadonlyMap<string, KeyPress> = new Map(
  [...US_KEYS]
    .filter(([code]) => !code.startsWith('Numpad') && code !== 'IntlBackslash')
    .flatMap(([code, [plain, shifted]]): [string, KeyPress][] => [
      [shifted, { code, shift: true }],
      // Last, so that the space is typed without Shift.
      [plain, { code, shift: false }],
    ]),
)

/** The keys for a text of printable ASCII, Tab, CR and LF on a US keyboard. @throws RangeError for other characters */
export function pressesFor(text: string): readonly KeyPress[] {
  return Array.from(text, (character) => {
    if (character === '\r' || character === '\n') return { code: 'Enter', shift: false }
    if (character === '\t') return { code: 'Tab', shift: false }
    const press = PRESSES.get(character)
    if (!press) throw new RangeError(`no key for ${JSON.stringify(character)}`)
    return press
  })
}

/** A key pressed at a time, plain unless `more` says otherwise. */
export function keyAt(at: number, press: KeyPress, more: Partial<WedgeKey> = {}): WedgeKey {
  return { ...press, control: false, alt: false, meta: false, isAutoRepeat: false, at, ...more }
}

/** A text typed from `start` on, ms; `gap` tells the time before each next key. */
export function typed(text: string, start: number, gap: (index: number) => number): readonly WedgeKey[] {
  let at = start
  return pressesFor(text).map((press, index) => {
    if (index > 0) at += gap(index - 1)
    return keyAt(at, press)
  })
}
