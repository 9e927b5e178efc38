/**
 * Keys of a keyboard wedge → codes. A pure state machine without a clock: every key carries its time, and silence is
 * an input like a key.
 */
import { assertNever } from '../../../contract/assert-never.ts'
import { PASS_PREFIX, stripScannerFraming } from '../../../contract/pass/pass.ts'
import type { ReaderSignal } from '../ports.ts'
import { withoutPrefix } from './scanner-prefix.ts'
import { strokeOf, type WedgeKey } from './wedge-keys.ts'
import {
  isMachine,
  MACHINE_GAP,
  mayBeMachine,
  NO_RHYTHM,
  LONGEST_SILENCE,
  silenceOf,
  withGap,
  type Rhythm,
} from './wedge-rhythm.ts'

/** Keys of one frame. The longest QR code holds 4,296 characters, our longest pass 394. */
export const LONGEST_FRAME = 4096
/**
 * A key this much later is of another frame even if nobody told of a silence, ms. Not shorter: when the process was
 * busy, keys that came in time are seen late, and a scan must not be cut in two for it.
 */
const LOST_SILENCE = 1000
/** A scan that silence has cut goes on within this, ms. */
const REST_AFTER_SILENCE = 1000

export type WedgeSignal = Exclude<ReaderSignal, { readonly kind: 'live' }>

export type WedgeState =
  /**
   * An Enter or Tab up to `tailUntil` still belongs to the last scan (suffix CR LF). Up to `restUntil` any key does:
   * the scan was ended by silence, and what follows may be its rest.
   */
  | { readonly kind: 'idle'; readonly tailUntil: number; readonly restUntil: number }
  | {
      readonly kind: 'frame'
      readonly text: string
      readonly keys: number
      readonly lastAt: number
      readonly rhythm: Rhythm
      /** It begins as only a scanner's frame does: no need to judge its rhythm. */
      readonly certain: boolean
      /** Of the idle state it began in: a rest has no rest of its own, else typing would go on being one. */
      readonly restUntil: number
      /** `reading` has been said. */
      readonly said: boolean
      /** A key in it was no character: it will never be text. */
      readonly broken: boolean
    }
  /** Too long, and said so: the rest is dropped until it ends. */
  | { readonly kind: 'overlong'; readonly lastAt: number }

type Frame = Extract<WedgeState, { kind: 'frame' }>

export interface WedgeStep {
  readonly state: WedgeState
  readonly signals: readonly WedgeSignal[]
  /**
   * Whether the page must not see this key. Every character is kept from it, also a person's: the first key of a scan
   * looks like any other. Enter, Tab and keys that are no characters pass unless they belong to a scan.
   */
  readonly consumed: boolean
  /** With the signals: how the frame that ended came. */
  readonly frame?: WedgeFrameTiming
}

export interface WedgeFrameTiming {
  /** mean, of at least one gap */
  readonly msPerCharacter: number
  /** ended by Enter or Tab; else by silence */
  readonly byKey: boolean
}

const NEVER = Number.NEGATIVE_INFINITY
export const WEDGE_IDLE: WedgeState = { kind: 'idle', tailUntil: NEVER, restUntil: NEVER }

/**
 * One key down. Never throws; memory is bounded by LONGEST_FRAME.
 * @param prefix what the scanner is known to type before each code: it tells a scan as our own does, and stays in the text
 */
export function pressKey(state: WedgeState, key: WedgeKey, prefix = ''): WedgeStep {
  if (state.kind !== 'idle' && key.at - state.lastAt > LOST_SILENCE) {
    const ended = fallSilent(state, state.lastAt)
    const step = pressKey(ended.state, key, prefix)
    return { ...step, signals: [...ended.signals, ...step.signals] }
  }
  const stroke = strokeOf(key)
  if (stroke.kind === 'nothing') return { state, signals: [], consumed: false }
  switch (state.kind) {
    case 'idle':
      if (stroke.kind === 'end') return { state, signals: [], consumed: key.at <= state.tailUntil }
      if (stroke.kind === 'other') return { state, signals: [], consumed: false }
      return extend(
        openFrame(key.at, key.at <= state.restUntil ? state.restUntil : NEVER),
        stroke.kind === 'character' ? stroke.character : undefined,
        key.at,
        prefix,
      )
    case 'frame': {
      const frame: Frame = { ...state, rhythm: withGap(state.rhythm, key.at - state.lastAt) }
      if (stroke.kind === 'end') return close(frame, key.at, true)
      return extend(frame, stroke.kind === 'character' ? stroke.character : undefined, key.at, prefix)
    }
    case 'overlong':
      if (stroke.kind === 'end') return { state: idleAfter(key.at, true), signals: [], consumed: true }
      return { state: { kind: 'overlong', lastAt: key.at }, signals: [], consumed: true }
    default:
      return assertNever(state)
  }
}

/** Nothing came for `silenceAfter(state)`: the frame is over. */
export function fallSilent(state: WedgeState, at: number): WedgeStep {
  switch (state.kind) {
    case 'idle':
      return { state, signals: [], consumed: false }
    case 'frame':
      return close(state, at, false)
    case 'overlong':
      return { state: idleAfter(at, false), signals: [], consumed: false }
    default:
      return assertNever(state)
  }
}

/** How long to wait, ms after the last key, before `fallSilent`; `undefined` when nothing is open. */
export function silenceAfter(state: WedgeState): number | undefined {
  switch (state.kind) {
    case 'idle':
      return undefined
    case 'frame':
      return silenceOf(state.rhythm)
    case 'overlong':
      return LONGEST_SILENCE
    default:
      return assertNever(state)
  }
}

function openFrame(at: number, restUntil: number): Frame {
  const certain = restUntil !== NEVER
  return {
    kind: 'frame',
    text: '',
    keys: 0,
    lastAt: at,
    rhythm: NO_RHYTHM,
    certain,
    restUntil,
    said: false,
    broken: false,
  }
}

/** One more key; `undefined` for one that is no character. */
function extend(frame: Frame, character: string | undefined, at: number, prefix: string): WedgeStep {
  const keys = frame.keys + 1
  if (keys > LONGEST_FRAME) {
    return { state: { kind: 'overlong', lastAt: at }, signals: [{ kind: 'garbage', length: keys }], consumed: true }
  }
  const text = frame.text + (character ?? '')
  const code = withoutPrefix(text, prefix)
  const isPass = code.startsWith(PASS_PREFIX)
  const certain = frame.certain || ((isPass || code.length < text.length) && mayBeMachine(frame.rhythm))
  const broken = frame.broken || character === undefined
  const said = frame.said || (certain && isPass && !broken)
  return {
    state: { ...frame, text, keys, lastAt: at, certain, said, broken },
    signals: said && !frame.said ? [{ kind: 'reading' }] : [],
    consumed: true,
  }
}

function close(frame: Frame, at: number, byKey: boolean): WedgeStep {
  if (!frame.certain && !isMachine(frame.rhythm, byKey)) return { state: WEDGE_IDLE, signals: [], consumed: false }
  const text = stripScannerFraming(frame.text)
  const signal: WedgeSignal =
    frame.broken || text === '' ? { kind: 'garbage', length: frame.keys } : { kind: 'scan', text }
  const { restUntil } = frame
  const state =
    byKey || restUntil === NEVER ? idleAfter(at, byKey) : { kind: 'idle' as const, tailUntil: restUntil, restUntil }
  // The gap that led to the Enter is one of the rhythm's gaps too.
  const timing: WedgeFrameTiming = { msPerCharacter: frame.rhythm.sum / Math.max(1, frame.rhythm.gaps), byKey }
  return { state, signals: [signal], consumed: byKey, frame: timing }
}

function idleAfter(at: number, byKey: boolean): WedgeState {
  const restUntil = byKey ? NEVER : at + REST_AFTER_SILENCE
  return { kind: 'idle', tailUntil: byKey ? at + MACHINE_GAP : restUntil, restUntil }
}
