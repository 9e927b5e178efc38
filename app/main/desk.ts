/**
 * The desk's side of an answer: which one may still be decided, and the writing down of what was decided. Nothing opens
 * before the resolution is on disk.
 */
import type { StaffAction } from '../preload/kiosk-api.ts'
import { awaitsStaff, isOpen, type Answer, type DecidedAnswer } from './answer.ts'
import type { Clock, DeskBook, VisitQueue } from './ports.ts'
import { resolve, type DeskAction } from './resolve.ts'

export interface DeskParts {
  readonly queue: Pick<VisitQueue, 'append'>
  readonly clock: Clock
  readonly book: DeskBook
  readonly onQueued: () => void
  readonly onNotRecorded: (error: unknown) => void
}

/** What the screen does about an action. */
export type DeskOutcome =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'ask'; readonly scan: number; readonly reference: string }
  | { readonly kind: 'resolved'; readonly answer: DecidedAnswer; readonly scan: number }

export interface Desk {
  /** An answer has taken the screen. The amber before it, if nobody had decided it, is thereby refused. */
  took(answer: Answer, scan: number): void
  /** An answer that never came to the screen, because a later scan had it. */
  missed(answer: Answer): void
  /** The screen is free: the amber that still waits for a decision, to be shown again. */
  waiting(): { readonly answer: DecidedAnswer; readonly scan: number } | undefined
  /** @param shown number of the scan whose answer is on the screen */
  act(action: StaffAction, shown: number | undefined): DeskOutcome
  stop(): void
}

const NOTHING: DeskOutcome = { kind: 'nothing' }

export function createDesk(parts: DeskParts): Desk {
  let current: { readonly answer: DecidedAnswer; readonly scan: number; readonly since: number } | undefined

  /** @returns whether something was decided, and is on disk */
  const settle = (answer: DecidedAnswer, action: DeskAction, shownFor: number): DeskOutcome['kind'] => {
    const step = resolve(answer, action, parts.clock(), shownFor)
    if (step.kind !== 'resolution') return step.kind
    try {
      parts.queue.append({ kind: 'resolution', resolution: step.resolution })
    } catch (error) {
      parts.onNotRecorded(error)
      return 'nothing'
    }
    answer.resolved = step.resolution
    parts.book.decided(answer.id, step.resolution.outcome)
    parts.onQueued()
    return 'resolved'
  }

  const missed = (answer: Answer): void => {
    if (isOpen(answer)) settle(answer, { kind: 'overtaken' }, 0)
  }

  return {
    took(answer, scan) {
      // a code that could not be read is nobody's turn: the amber before it goes on waiting
      if (answer.kind === 'unreadable') return
      const before = current?.answer
      current = { answer, scan, since: performance.now() }
      if (before && before !== answer) missed(before)
    },
    missed,
    waiting: () => (current && awaitsStaff(current.answer) ? current : undefined),
    act(action, shown) {
      if (!current || current.scan !== shown) return NOTHING
      const { answer, scan, since } = current
      const kind = settle(answer, action, performance.now() - since)
      if (kind === 'resolved') return { kind, answer, scan }
      if (kind !== 'ask' || answer.decision.outcome !== 'denied') return NOTHING
      return { kind, scan, reference: answer.decision.reference }
    },
    stop() {
      if (current) missed(current.answer)
      current = undefined
    },
  }
}
