/**
 * The kiosk without a window: readers → once → admit → screen and turnstile; at a desk the employee's word after it.
 * Everything it touches is handed in, so that the same lines run under Electron and in a test.
 */
import { createHash } from 'node:crypto'
import { assertNever } from '../../../contract/assert-never.ts'
import { foreignCodeOf, type ForeignCode } from '../../../contract/pass/foreign-code.ts'
import { PASS_PREFIX } from '../../../contract/pass/pass.ts'
import type { FaultCode, KioskMode, ScreenState, StaffAction } from '../../preload/kiosk-api.ts'
import { admit, type Admission, type AdmitParts } from './admit.ts'
import { isOpen, stateOf, type Answer, type DecidedAnswer } from './answer.ts'
import { createDesk } from '../desk/desk.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Log } from '../log.ts'
import { createOnce } from './once.ts'
import type { DeskBook, Reader, ReaderSignal, Screen, Turnstile } from '../ports.ts'

/** A check that is answered sooner shows its answer only: no flicker. */
const CHECKING_AFTER_MS = 80
/** A noisy line makes thousands of frames a second: one grey screen and one line in the log is what they get. */
const NOISE_MS = 300
/** A slow scanner needs up to 12 s for a pass; then «Читаю…» gives up. */
const READING_AT_MOST_MS = 13_000
/** An employee who is asked why, and walks away, has refused. */
const ASKING_AT_MOST_MS = 30_000
const INTERNAL_FAULT_MS = 8000
/** What is left of an answer that is worth being shown again. */
const SHORTEST_REST_MS = 1000

export interface KioskParts extends AdmitParts {
  readonly mode: () => KioskMode
  readonly knowledge: () => Knowledge | undefined
  /** why there is none */
  readonly lacking: () => FaultCode
  readonly readers: readonly Reader[]
  readonly screen: Screen
  readonly turnstile: Turnstile
  readonly book: DeskBook
  readonly log: Log
  /** a reader came, went, or read */
  readonly onReader: (reader: Reader, signal: ReaderSignal) => void
}

export interface Kiosk {
  start(): void
  /** What the kiosk knows has come for the first time: out of the fault, ready to scan. */
  refresh(): void
  /**
   * @param meant the answer that was touched; a key means the one on the screen when it went down, `at` by
   * `performance.now()`
   */
  act(action: StaffAction, meant?: { readonly scan?: number; readonly at?: number }): void
  /** Resolves when all that was decided is on disk. */
  stop(): Promise<void>
}

export function createKiosk(parts: KioskParts): Kiosk {
  const atDesk = (): boolean => parts.mode() === 'desk'
  const once = createOnce<Answer>((answer) => atDesk() && isOpen(answer))
  const desk = createDesk(parts)
  let scans = 0
  /** the scan that has the screen, or will have it once it is answered */
  let showing = 0
  /** scans that are being decided */
  const underWay = new Set<number>()
  let lastForeign = Number.NEGATIVE_INFINITY
  let shown: ScreenState = { kind: 'starting' }
  let timer: NodeJS.Timeout | undefined
  /** an answer at a desk that something nobody decides by has covered: shown again for the rest of its time */
  let covered: { readonly answer: DecidedAnswer; readonly scan: number; readonly until: number } | undefined

  const show = (state: ScreenState, thenRestMs?: number): void => {
    clearTimeout(timer)
    shown = state
    parts.screen.show(state)
    if (thenRestMs !== undefined) timer = setTimeout(rest, thenRestMs)
  }
  const showAnswer = (answer: Answer, scan: number, forMs?: number): void => {
    const whole = stateOf(answer, scan, parts.mode())
    const state = forMs === undefined ? whole : { ...whole, ms: forMs }
    show(state, state.ms === 'until-chosen' ? undefined : state.ms)
    if (!atDesk()) return
    desk.took(answer, scan)
    if (answer.kind === 'decided')
      covered = state.ms === 'until-chosen' ? undefined : { answer, scan, until: performance.now() + state.ms }
  }
  const rest = (): void => {
    if (!parts.knowledge()) {
      // struck off, perhaps, with an amber open: what cannot be sealed cannot be decided
      covered = undefined
      void desk.leave()
      show({ kind: 'fault', code: parts.lacking() })
      return
    }
    const waiting = atDesk() ? desk.waiting() : undefined
    const left = covered ? covered.until - performance.now() : 0
    if (waiting) showAnswer(waiting.answer, waiting.scan)
    else if (covered && left > SHORTEST_REST_MS) showAnswer(covered.answer, covered.scan, left)
    else show({ kind: 'idle' })
  }

  const onScan = async (text: string): Promise<void> => {
    const known = parts.knowledge()
    if (!known) {
      rest()
      return
    }
    if (!text.startsWith(PASS_PREFIX)) {
      onForeign(text.length, foreignCodeOf(text), hashOf(text))
      return
    }
    const presented = once.present(text, performance.now())
    if (presented.kind === 'under-way') return
    // somebody else's turn: a code that still lies before the camera does not put its green in front of their answer
    if (presented.kind === 'answered' && underWay.has(showing)) return
    const scan = ++scans
    showing = scan
    if (presented.kind === 'answered') {
      showAnswer(presented.answer, scan)
      return
    }

    const admission = await checked(text, known, scan)
    const answer: Answer =
      admission.kind === 'decided' ? { ...admission, accessPoint: known.config.accessPoint.id } : admission
    once.answer(text, answer, performance.now())
    if (showing === scan) showAnswer(answer, scan)
    if (answer.kind === 'decided') {
      if (answer.decision.outcome === 'granted') parts.turnstile.open()
      parts.book.noted({ id: answer.id, kind: answer.decision.outcome })
      parts.log.info({ id: answer.id, by: answer.by, outcome: answer.decision.outcome }, 'admission')
      if (atDesk() && showing !== scan) desk.missed(answer)
    } else {
      parts.book.noted({ kind: 'unreadable' })
      parts.log.info({ length: text.length, hash: hashOf(text) }, 'unreadable')
    }
  }

  const checked = async (text: string, known: Knowledge, scan: number): Promise<Admission> => {
    const checking = setTimeout(() => showing === scan && show({ kind: 'checking', scan }), CHECKING_AFTER_MS)
    underWay.add(scan)
    try {
      return await admit(text, known, parts)
    } catch (error) {
      once.forget(text)
      throw error
    } finally {
      underWay.delete(scan)
      clearTimeout(checking)
    }
  }

  /** Not ours, or no text at all: a length, a hash and a class for the log, nothing of what it says. */
  const onForeign = (length: number, foreign?: ForeignCode, hash?: string): void => {
    const now = performance.now()
    if (now - lastForeign < NOISE_MS) return
    lastForeign = now
    parts.log.info({ length, foreign, hash }, 'unreadable')
    parts.book.noted({ kind: 'unreadable' })
    // nobody's turn: neither the visitor whose pass is being checked nor an employee's question loses the screen to it
    if (underWay.has(showing) || shown.kind === 'asking') return
    showing = ++scans
    showAnswer({ kind: 'unreadable', ...(foreign ? { foreign } : {}) }, scans)
  }

  const onSignal = (reader: Reader, signal: ReaderSignal): void => {
    parts.onReader(reader, signal)
    switch (signal.kind) {
      case 'reading':
        if (parts.knowledge() && shown.kind !== 'asking') show({ kind: 'reading' }, READING_AT_MOST_MS)
        return
      case 'scan':
        onScan(signal.text).catch((error: unknown) => {
          parts.log.error({ error }, 'scan failed')
          show({ kind: 'fault', code: 'internal' }, INTERNAL_FAULT_MS)
        })
        return
      case 'garbage': {
        onForeign(signal.length, signal.foreign)
        return
      }
      case 'live':
        return
      default:
        return assertNever(signal)
    }
  }

  const act = async (action: StaffAction, scan: number | undefined, at: number): Promise<void> => {
    if (!atDesk() || (scan !== undefined && scan !== answered(shown))) return
    // a reason alone is a stray key: it answers a question or nothing
    if (action.kind === 'admit' && action.reason !== undefined && shown.kind !== 'asking') return
    const outcome = await desk.act(action, answered(shown), at)
    switch (outcome.kind) {
      case 'nothing':
        return
      case 'ask':
        show({ kind: 'asking', scan: outcome.scan, reference: outcome.reference }, ASKING_AT_MOST_MS)
        return
      case 'resolved':
        // While it was written down the next visitor may have taken the screen.
        if (answered(shown) === outcome.scan) showAnswer(outcome.answer, outcome.scan)
        if (outcome.answer.resolved?.outcome === 'admitted') parts.turnstile.open()
        parts.log.info({ id: outcome.answer.id, resolved: outcome.answer.resolved?.outcome }, 'resolution')
        return
      default:
        return assertNever(outcome)
    }
  }

  return {
    start() {
      for (const reader of parts.readers) reader.start((signal) => onSignal(reader, signal))
      rest()
    },
    refresh: rest,
    act(action, { scan, at = performance.now() } = {}) {
      act(action, scan, at).catch((error: unknown) => {
        parts.log.error({ error }, 'an action failed')
        show({ kind: 'fault', code: 'internal' }, INTERNAL_FAULT_MS)
      })
    },
    async stop() {
      clearTimeout(timer)
      for (const reader of parts.readers) reader.stop()
      await desk.leave()
    },
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** Number of the scan whose answer is on the screen. */
const answered = (shown: ScreenState): number | undefined =>
  'scan' in shown && shown.kind !== 'checking' ? shown.scan : undefined
