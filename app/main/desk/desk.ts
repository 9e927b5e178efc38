/**
 * The desk's side of an answer: which one may still be decided, and the writing down of what was decided. Nothing opens
 * before the resolution is on disk.
 */
import type { StaffAction } from '../../preload/kiosk-api.ts'
import { awaitsStaff, isOpen, type Answer, type DecidedAnswer } from '../scan/answer.ts'
import type { Clock, DeskBook, VisitQueue } from '../ports.ts'
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
  /**
   * @param shown number of the scan whose answer is on the screen
   * @param at when the key went down, or the screen was touched: milliseconds of `performance.now()`
   */
  act(action: StaffAction, shown: number | undefined, at: number): Promise<DeskOutcome>
  /** Nobody decides here any more. Resolves when what was left undecided is on disk. */
  leave(): Promise<void>
}

const NOTHING: DeskOutcome = { kind: 'nothing' }

export function createDesk(parts: DeskParts): Desk {
  let current: { readonly answer: DecidedAnswer; readonly scan: number; readonly since: number } | undefined

  /** @returns whether something was decided, and is on disk */
  const settle = async (answer: DecidedAnswer, action: DeskAction, shownFor: number): Promise<DeskOutcome['kind']> => {
    const step = resolve(answer, action, parts.clock(), shownFor)
    if (step.kind !== 'resolution') return step.kind
    const before = answer.resolved
    // Decided from here on, so that a second key in the meantime decides nothing.
    answer.resolved = step.resolution
    try {
      await parts.queue.append({ kind: 'resolution', resolution: step.resolution })
    } catch (error) {
      if (before) answer.resolved = before
      else delete answer.resolved
      parts.onNotRecorded(error)
      return 'nothing'
    }
    parts.book.decided(answer.id, step.resolution.outcome)
    parts.onQueued()
    return 'resolved'
  }

  const overtake = async (answer: Answer): Promise<void> => {
    if (isOpen(answer)) await settle(answer, { kind: 'overtaken' }, 0)
  }
  // `settle` tells of its own failures
  const missed = (answer: Answer): void => void overtake(answer)

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
    async act(action, shown, at) {
      if (!current || current.scan !== shown) return NOTHING
      const { answer, scan, since } = current
      const kind = await settle(answer, action, at - since)
      if (kind === 'resolved') return { kind, answer, scan }
      if (kind !== 'ask' || answer.decision.outcome !== 'denied') return NOTHING
      return { kind, scan, reference: answer.decision.reference }
    },
    async leave() {
      const left = current?.answer
      current = undefined
      if (left) await overtake(left)
    },
  }
}
