/**
 * The employee's keys at a desk: F2 lets in, Esc refuses, 1–4 say why. Read before the page and without focus, like the
 * scanner's.
 *
 * [Note: a code must not press the staff's keys] A scanner types whatever a code holds, and a visitor chooses the code.
 * Some makes type control characters as function keys (Honeywell by default: 17h is F2, 1Bh F6), and every scanner ends on
 * Enter or Tab. So Enter does nothing at all here, and a key counts only if a hand pressed it: held as long as a finger
 * holds a key (80 to 120 ms; a scanner's is up within a few), and alone, with no other key a scanner's longest gap before or
 * after it. For that the wedge lets a digit pass that nothing came before: of a key that is kept from the page Electron does
 * not tell the way up.
 */
import { OverrideReason } from '../../../contract/kiosk/admission.ts'
import type { StaffAction } from '../../preload/kiosk-api.ts'
import type { KeyInput } from '../readers/key-input.ts'
import { MACHINE_GAP } from '../readers/wedge-rhythm.ts'

/** The shortest press of a finger, ms. */
const FINGER_HOLDS = 40

/** Keys in the order of the reasons on the screen. */
const REASONS = OverrideReason.options
const ACTIONS: ReadonlyMap<string, StaffAction> = new Map<string, StaffAction>([
  ['Escape', { kind: 'refuse' }],
  ['F2', { kind: 'admit' }],
  ...REASONS.flatMap((reason, at): [string, StaffAction][] => [
    [`Digit${at + 1}`, { kind: 'admit', reason }],
    [`Numpad${at + 1}`, { kind: 'admit', reason }],
  ]),
])

export interface StaffKey {
  readonly type: 'down' | 'up'
  readonly code: string
  /** with Ctrl, Alt, Shift or the system key */
  readonly modified: boolean
  readonly repeat: boolean
  /** milliseconds of any steady clock */
  readonly at: number
}

export interface StaffKeysState {
  /** last key of any kind */
  readonly lastAt: number
  /** a staff key that was alone so far */
  readonly pressed?: { readonly code: string; readonly at: number; readonly released?: number }
}

export const NO_STAFF_KEY: StaffKeysState = { lastAt: Number.NEGATIVE_INFINITY }

/** One key more. An action follows only once nothing has come for MACHINE_GAP: see `pressOf`. */
export function staffKey(state: StaffKeysState, key: StaffKey): StaffKeysState {
  const { pressed } = state
  if (key.type === 'up') {
    if (pressed?.code !== key.code || pressed.released !== undefined) return state
    if (key.at - pressed.at < FINGER_HOLDS) return { lastAt: key.at }
    return { lastAt: key.at, pressed: { ...pressed, released: key.at } }
  }
  if (key.repeat) return state
  const alone = pressed === undefined && key.at - state.lastAt >= MACHINE_GAP
  if (!alone || key.modified || !ACTIONS.has(key.code)) return { lastAt: key.at }
  return { lastAt: key.at, pressed: { code: key.code, at: key.at } }
}

export interface StaffPress {
  readonly action: StaffAction
  /** When the key went down: it is meant for what was on the screen then, however long the finger stayed. */
  readonly at: number
}

/** What the employee has pressed, when nothing has come for MACHINE_GAP after the key was let go. */
export function pressOf({ pressed }: StaffKeysState, now: number): StaffPress | undefined {
  if (pressed?.released === undefined || now - pressed.released < MACHINE_GAP) return undefined
  const action = ACTIONS.get(pressed.code)
  return action && { action, at: pressed.at }
}

export interface StaffKeySource {
  on(event: 'before-input-event', listener: (event: unknown, input: KeyInput) => void): unknown
}

/** Listens to a window's keys for as long as it lives. Takes none away from the page. Times are `performance.now()`. */
export function listenForStaffKeys(source: StaffKeySource, onPress: (press: StaffPress) => void): void {
  let state = NO_STAFF_KEY
  let timer: NodeJS.Timeout | undefined
  source.on('before-input-event', (_event, { type, code, shift, control, alt, meta, isAutoRepeat }) => {
    const before = state
    state = staffKey(state, {
      type: type === 'keyUp' ? 'up' : 'down',
      code,
      modified: shift || control || alt || meta,
      repeat: isAutoRepeat,
      at: performance.now(),
    })
    if (state === before) return
    clearTimeout(timer)
    if (state.pressed?.released === undefined) return
    timer = setTimeout(() => {
      const press = pressOf(state, Number.POSITIVE_INFINITY)
      state = { lastAt: state.lastAt }
      if (press) onPress(press)
    }, MACHINE_GAP)
  })
}
