/** What the window knows, and how each thing that happens changes it: pure, with the time as a value. */
import type { DeskSheet, KioskStatus, Language, ScreenState } from '../preload/kiosk-api.ts'

/** How long (ms) a visitor's language stays after the last touch. */
export const LANGUAGE_STAYS = 60_000

export interface WindowState {
  readonly screen: ScreenState
  /** Grows with every state received, so that the same answer shown again starts its ring and sound anew. */
  readonly turn: number
  readonly status: KioskStatus | undefined
  readonly sheet: DeskSheet | undefined
  readonly setUpLanguage: Language
  readonly language: Language
  readonly touchedAt: number
  /** Start of the current minute, ms since 1970: what the clock shows. */
  readonly minute: number
}

export function firstState(language: Language, now: number): WindowState {
  return {
    screen: { kind: 'starting' },
    turn: 0,
    status: undefined,
    sheet: undefined,
    setUpLanguage: language,
    language,
    touchedAt: now,
    minute: minuteOf(now),
  }
}

export function screenShown(state: WindowState, screen: ScreenState): WindowState {
  return { ...state, screen, turn: state.turn + 1 }
}

export function statusTold(state: WindowState, status: KioskStatus): WindowState {
  return { ...state, status }
}

export function sheetTold(state: WindowState, sheet: DeskSheet): WindowState {
  return { ...state, sheet }
}

export function languageChosen(state: WindowState, language: Language, now: number): WindowState {
  return { ...state, language, touchedAt: now }
}

export function touched(state: WindowState, now: number): WindowState {
  return state.language === state.setUpLanguage ? state : { ...state, touchedAt: now }
}

/** The same object when nothing changes. The language never changes under a reader's eyes: only between two visitors. */
export function timePassed(state: WindowState, now: number): WindowState {
  const minute = minuteOf(now)
  const over = state.language !== state.setUpLanguage && now - state.touchedAt >= LANGUAGE_STAYS
  const language = over && state.screen.kind === 'idle' ? state.setUpLanguage : state.language
  return minute === state.minute && language === state.language ? state : { ...state, minute, language }
}

function minuteOf(now: number): number {
  return Math.floor(now / 60_000) * 60_000
}
