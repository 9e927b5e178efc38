import { assertNever } from '../../contract/assert-never.ts'
import type { ApplicationState, CorrectionField, Decider } from '../../contract/join/application-state.ts'
import { dueAfter } from './working-days.ts'

/** What can happen to an application. `save` changes its text, never its state. */
export type ApplicationEvent =
  | { readonly kind: 'save' }
  /** `confirmed`: this e-mail address has been confirmed before */
  | { readonly kind: 'submit'; readonly confirmed: boolean }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'approve'; readonly by: Decider }
  | { readonly kind: 'reject'; readonly by: Decider; readonly reason: string }
  | {
      readonly kind: 'ask-correction'
      readonly by: Decider
      readonly fields: readonly CorrectionField[]
      readonly words: string
    }
  | { readonly kind: 'send-back'; readonly by: Decider; readonly words: string }
  | { readonly kind: 'register'; readonly by: Decider; readonly participant: number }

/** Working days that each has: the Coordinator to decide, the Operator to register. */
const COORDINATOR_DAYS = 3
const OPERATOR_DAYS = 2

/** @returns the state after the event; `undefined` where it cannot happen in this one */
export function step(state: ApplicationState, event: ApplicationEvent, now: Date): ApplicationState | undefined {
  const since = now.toISOString()
  switch (event.kind) {
    case 'save':
      return state.kind === 'draft' || state.kind === 'unconfirmed' || state.kind === 'correction' ? state : undefined
    case 'submit': {
      const round = roundOfSubmission(state)
      if (round === undefined) return undefined
      return event.confirmed ? submitted(now, round) : { kind: 'unconfirmed', since, round }
    }
    case 'confirm':
      return state.kind === 'unconfirmed' ? submitted(now, state.round) : undefined
    case 'withdraw':
      return mayWithdraw(state) ? { kind: 'withdrawn', since } : undefined
    case 'approve':
      if (state.kind !== 'submitted') return undefined
      return {
        kind: 'approved',
        since,
        due: dueAfter(now, OPERATOR_DAYS).toISOString(),
        round: state.round,
        by: event.by,
      }
    case 'reject':
      return state.kind === 'submitted' ? { kind: 'rejected', since, by: event.by, reason: event.reason } : undefined
    case 'ask-correction': {
      if (state.kind !== 'submitted') return undefined
      const { by, fields, words } = event
      return { kind: 'correction', since, round: state.round, by, fields, words }
    }
    case 'send-back':
      if (state.kind !== 'approved') return undefined
      return { ...submitted(now, state.round), sentBack: { by: event.by, words: event.words } }
    case 'register':
      if (state.kind !== 'approved') return undefined
      return { kind: 'registered', since, by: event.by, participant: event.participant }
    default:
      return assertNever(event)
  }
}

const submitted = (now: Date, round: number): Extract<ApplicationState, { kind: 'submitted' }> => ({
  kind: 'submitted',
  since: now.toISOString(),
  due: dueAfter(now, COORDINATOR_DAYS).toISOString(),
  round,
})

/** What is sent again before its mail was confirmed is the same round: an address is put right that way. */
function roundOfSubmission(state: ApplicationState): number | undefined {
  switch (state.kind) {
    case 'draft':
      return 1
    case 'unconfirmed':
      return state.round
    case 'correction':
      return state.round + 1
    case 'submitted':
    case 'approved':
    case 'registered':
    case 'rejected':
    case 'withdrawn':
      return undefined
    default:
      return assertNever(state)
  }
}

/** A draft is not withdrawn: nobody has it but the applicant, and it goes by itself. */
function mayWithdraw(state: ApplicationState): boolean {
  switch (state.kind) {
    case 'unconfirmed':
    case 'submitted':
    case 'correction':
    case 'approved':
      return true
    case 'draft':
    case 'registered':
    case 'rejected':
    case 'withdrawn':
      return false
    default:
      return assertNever(state)
  }
}

/** By when somebody must act, and who is waited for; `undefined`: nobody's clock runs. */
export function clockOf(state: ApplicationState): Date | undefined {
  return state.kind === 'submitted' || state.kind === 'approved' ? new Date(state.due) : undefined
}

/** The signed paper may come with the draft and as long as nothing final was said. */
export function acceptsFiles(state: ApplicationState): boolean {
  return state.kind === 'draft' || mayWithdraw(state)
}
