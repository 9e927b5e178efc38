/**
 * A keyboard-wedge scanner on an X display: presses real keys by X key code, as the hardware does, so that the
 * layout and Caps Lock act on them as at the door. (`xdotool type` is no scanner: it bends the layout to the text.)
 * Needs xdotool, and setxkbmap for `setXLayout`.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { pressesFor } from '../app/main/readers/testing/typing.ts'

const run = promisify(execFile)

export interface XTyping {
  /** `DISPLAY`, such as `:99` */
  readonly display: string
  /** ms from one character to the next; 0 types as fast as X takes them, about 1 ms a key */
  readonly delay?: number
  /** Caps Lock is switched on before the text and off after it. */
  readonly capsLock?: boolean
  /** What the scanner sends after its code; Enter where nothing is said. */
  readonly suffix?: 'Enter' | 'Tab' | 'none'
}

/** Key codes of the evdev keycodes that every X server here uses: 8 more than the kernel's. */
const X_KEY_CODES: ReadonlyMap<string, number> = new Map([
  ...row(10, ['Digit1', 'Digit2', 'Digit3', 'Digit4', 'Digit5', 'Digit6', 'Digit7', 'Digit8', 'Digit9', 'Digit0']),
  ...row(20, ['Minus', 'Equal']),
  ...row(24, [...keysOf('QWERTYUIOP'), 'BracketLeft', 'BracketRight', 'Enter']),
  ...row(38, [...keysOf('ASDFGHJKL'), 'Semicolon', 'Quote', 'Backquote']),
  ...row(51, ['Backslash', ...keysOf('ZXCVBNM'), 'Comma', 'Period', 'Slash']),
  ...row(65, ['Space', 'CapsLock']),
  ...row(23, ['Tab']),
  ...row(67, ['F1', 'F2', 'F3']),
])
const X_SHIFT = 50
/** Characters in one xdotool command: its arguments must fit one command line. */
const CHUNK = 2000

/** Types a text of printable ASCII, Tab and CR by key codes; done when X has all of it. */
export async function typeByKeyCodes(text: string, typing: XTyping): Promise<void> {
  const { display, delay = 0, capsLock = false, suffix = 'Enter' } = typing
  const end = suffix === 'none' ? [] : [{ code: suffix, shift: false }]
  const caps = capsLock ? ['key', '--delay', '0', String(xKeyCode('CapsLock'))] : []
  const presses = [...pressesFor(text), ...end].map(({ code, shift }) => [
    ...(shift ? ['keydown', '--delay', '0', String(X_SHIFT)] : []),
    ...['key', '--delay', '0', String(xKeyCode(code))],
    ...(shift ? ['keyup', '--delay', '0', String(X_SHIFT)] : []),
    ...(delay > 0 ? ['sleep', String(delay / 1000)] : []),
  ])
  await xdotool(display, caps)
  for (let at = 0; at < presses.length; at += CHUNK) await xdotool(display, presses.slice(at, at + CHUNK).flat())
  await xdotool(display, caps)
}

/** One key as a hand presses it, `held` ms long. */
export async function pressKey(code: string, display: string, held = 90): Promise<void> {
  // its key code has one digit, and that xdotool takes for the character
  const key = code === 'Escape' ? code : String(xKeyCode(code))
  await xdotool(display, ['keydown', key, 'sleep', String(held / 1000), 'keyup', key])
}

/** The keyboard layout of the whole display, such as `us`, `ru` or `us,ru`. */
export async function setXLayout(layout: string, display: string): Promise<void> {
  await run('setxkbmap', ['-display', display, '-layout', layout])
}

async function xdotool(display: string, commands: readonly string[]): Promise<void> {
  if (commands.length > 0) await run('xdotool', [...commands], { env: { ...process.env, DISPLAY: display } })
}

function xKeyCode(code: string): number {
  const keyCode = X_KEY_CODES.get(code)
  if (keyCode === undefined) throw new RangeError(`no X key code for ${code}`)
  return keyCode
}

function row(first: number, codes: readonly string[]): [string, number][] {
  return codes.map((code, index) => [code, first + index])
}

function keysOf(letters: string): string[] {
  return Array.from(letters, (letter) => `Key${letter}`)
}
