/**
 * The kiosk without a window: readers → once → admit → screen and turnstile. Everything it touches is handed in, so that
 * the same lines run under Electron and in a test.
 */
import { createHash } from 'node:crypto'
import { assertNever } from '../../server/contract/assert-never.ts'
import { PASS_PREFIX } from '../../server/contract/pass.ts'
import type { ResultState, ScreenState } from '../preload/kiosk-api.ts'
import { admit, type AdmitParts, type Admission } from './admit.ts'
import type { Knowledge } from './knowledge.ts'
import type { Log } from './log.ts'
import { createOnce } from './once.ts'
import type { Reader, ReaderSignal, Screen, Turnstile } from './ports.ts'

/** How long a result stays, milliseconds. */
const STAYS = { granted: 2000, denied: 5000, check: 8000, unreadable: 3000 } as const
/** A check that is answered sooner shows its answer only: no flicker. */
const CHECKING_AFTER_MS = 80
/** A noisy line makes thousands of frames a second: one grey screen and one line in the log is what they get. */
const NOISE_MS = 300
/** A slow scanner needs up to 12 s for a pass; then «Читаю…» gives up. */
const READING_AT_MOST_MS = 13_000

export interface KioskParts extends AdmitParts {
  readonly knowledge: () => Knowledge | undefined
  readonly readers: readonly Reader[]
  readonly screen: Screen
  readonly turnstile: Turnstile
  readonly log: Log
  /** a reader came, went, or read */
  readonly onReader: (reader: Reader, signal: ReaderSignal) => void
}

export interface Kiosk {
  start(): void
  /** What the kiosk knows has come for the first time: out of the fault, ready to scan. */
  refresh(): void
  stop(): void
}

export function createKiosk(parts: KioskParts): Kiosk {
  const once = createOnce()
  let scans = 0
  let showing = 0
  let lastForeign = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined

  const show = (state: ScreenState, thenIdleMs?: number): void => {
    clearTimeout(timer)
    parts.screen.show(state)
    if (thenIdleMs !== undefined) timer = setTimeout(rest, thenIdleMs)
  }
  const rest = (): void => {
    show(parts.knowledge() ? { kind: 'idle' } : { kind: 'fault', code: 'not-set-up' })
  }
  const showResult = (state: ResultState): void => {
    show(state, state.ms)
  }

  const onScan = async (text: string): Promise<void> => {
    const known = parts.knowledge()
    if (!known) {
      rest()
      return
    }
    if (!text.startsWith(PASS_PREFIX)) {
      onForeign(text.length, hashOf(text))
      return
    }
    const presented = once.present(text, performance.now())
    if (presented.kind === 'under-way') return
    const scan = ++scans
    showing = scan
    if (presented.kind === 'answered') {
      showResult({ ...presented.state, scan })
      return
    }

    const checking = setTimeout(() => showing === scan && show({ kind: 'checking', scan }), CHECKING_AFTER_MS)
    const admission = await admit(text, known, parts)
    clearTimeout(checking)
    const state = stateOf(admission, scan)
    once.answer(text, state, performance.now())
    if (showing === scan) showResult(state)
    if (admission.kind === 'decided') {
      if (admission.decision.outcome === 'granted') parts.turnstile.open()
      parts.log.info({ id: admission.id, by: admission.by, outcome: admission.decision.outcome }, 'admission')
    } else parts.log.info({ length: text.length, hash: hashOf(text) }, 'unreadable')
  }

  /** Not ours, or no text at all: a length and a hash for the log, nothing of what it says. */
  const onForeign = (length: number, hash?: string): void => {
    const now = performance.now()
    if (now - lastForeign < NOISE_MS) return
    lastForeign = now
    showing = ++scans
    parts.log.info({ length, ...(hash === undefined ? {} : { hash }) }, 'unreadable')
    showResult({ kind: 'unreadable', scan: scans, ms: STAYS.unreadable })
  }

  const onSignal = (reader: Reader, signal: ReaderSignal): void => {
    parts.onReader(reader, signal)
    switch (signal.kind) {
      case 'reading':
        if (parts.knowledge()) show({ kind: 'reading' }, READING_AT_MOST_MS)
        return
      case 'scan':
        onScan(signal.text).catch((error: unknown) => {
          parts.log.error({ error }, 'scan failed')
          show({ kind: 'fault', code: 'internal' }, STAYS.check)
        })
        return
      case 'garbage': {
        onForeign(signal.length)
        return
      }
      case 'live':
        return
      default:
        return assertNever(signal)
    }
  }

  return {
    start() {
      for (const reader of parts.readers) reader.start((signal) => onSignal(reader, signal))
      rest()
    },
    refresh: rest,
    stop() {
      clearTimeout(timer)
      for (const reader of parts.readers) reader.stop()
    },
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

function stateOf(admission: Admission, scan: number): ResultState {
  if (admission.kind === 'unreadable') return { kind: 'unreadable', scan, ms: STAYS.unreadable }
  const { decision, dataFrom } = admission
  switch (decision.outcome) {
    case 'granted':
      return { kind: 'granted', scan, ms: STAYS.granted, ...(dataFrom ? { dataFrom: dataFrom.toISOString() } : {}) }
    case 'denied':
      return { kind: 'denied', scan, ms: STAYS.denied, reason: decision.reason, reference: decision.reference }
    case 'check':
      return { kind: 'check', scan, ms: STAYS.check, reason: decision.reason, reference: decision.reference }
    default:
      return assertNever(decision)
  }
}
