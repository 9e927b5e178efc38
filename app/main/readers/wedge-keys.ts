/**
 * What a key means to a wedge scanner, by physical key (`KeyboardEvent.code`) and Shift: a scanner set to the US
 * keyboard presses US keys whatever layout the computer has, so the layout never enters.
 */

import type { KeyInput } from './key-input.ts'

/** One key press as Electron's `before-input-event` tells it, and when it came: milliseconds of any steady clock. */
export interface WedgeKey extends Omit<KeyInput, 'type'> {
  readonly at: number
}

export type Stroke =
  | { readonly kind: 'character'; readonly character: string }
  /** Enter, Tab, or the control characters CR, LF and HT pressed as Ctrl+M, Ctrl+J, Ctrl+I */
  | { readonly kind: 'end' }
  /** Alt + keypad digit: a scanner that types character codes. It serves Windows only, and is not read as text. */
  | { readonly kind: 'alt-code' }
  /** Shift, Caps Lock and the like on their own, and repeats of a key held down: as if they had not come */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'other' }

/** code → [plain, shifted] on a US keyboard. */
export const US_KEYS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ...Array.from('abcdefghijklmnopqrstuvwxyz', (letter) =>
    pair(`Key${letter.toUpperCase()}`, letter, letter.toUpperCase()),
  ),
  ...Array.from(')!@#$%^&*(', (shifted, digit) => pair(`Digit${digit}`, String(digit), shifted)),
  ...Array.from('0123456789', (digit) => pair(`Numpad${digit}`, digit, digit)),
  pair('Space', ' ', ' '),
  pair('Backquote', '`', '~'),
  pair('Minus', '-', '_'),
  pair('Equal', '=', '+'),
  pair('BracketLeft', '[', '{'),
  pair('BracketRight', ']', '}'),
  pair('Backslash', '\\', '|'),
  pair('IntlBackslash', '\\', '|'),
  pair('Semicolon', ';', ':'),
  pair('Quote', "'", '"'),
  pair('Comma', ',', '<'),
  pair('Period', '.', '>'),
  pair('Slash', '/', '?'),
  pair('NumpadDecimal', '.', '.'),
  pair('NumpadAdd', '+', '+'),
  pair('NumpadSubtract', '-', '-'),
  pair('NumpadMultiply', '*', '*'),
  pair('NumpadDivide', '/', '/'),
])

const SILENT = /^(Shift|Control|Alt|Meta)(Left|Right)$|^(CapsLock|NumLock|ScrollLock|Fn|FnLock)$/
const END_KEYS: ReadonlySet<string> = new Set(['Enter', 'NumpadEnter', 'Tab'])
const END_WITH_CONTROL: ReadonlySet<string> = new Set(['KeyM', 'KeyJ', 'KeyI'])

/**
 * Caps Lock is deliberately not looked at: the scanner presses Shift itself for capitals, and "correcting" for the
 * lamp on the computer's keyboard would turn every letter round.
 */
export function strokeOf(key: WedgeKey): Stroke {
  if (key.isAutoRepeat || SILENT.test(key.code)) return { kind: 'nothing' }
  if (key.control && !key.alt && !key.meta && END_WITH_CONTROL.has(key.code)) return { kind: 'end' }
  if (key.alt && /^Numpad[0-9]$/.test(key.code)) return { kind: 'alt-code' }
  if (key.control || key.alt || key.meta) return { kind: 'other' }
  if (END_KEYS.has(key.code)) return { kind: 'end' }
  const characters = US_KEYS.get(key.code)
  return characters ? { kind: 'character', character: characters[key.shift ? 1 : 0] } : { kind: 'other' }
}

function pair(code: string, plain: string, shifted: string): [string, [string, string]] {
  return [code, [plain, shifted]]
}
