import { assertNever } from '../../contract/assert-never.ts'
import type { VenueState } from '../../contract/office/venue.ts'

/** What the Operator may do with a venue; all but `reissue` change its state. */
export const VENUE_ACTIONS = ['suspend', 'resume', 'close', 'reissue', 'change'] as const
export type VenueAction = (typeof VENUE_ACTIONS)[number]

/** @returns the state afterwards; `undefined`: not from this state. A closed venue is never opened again: it is registered anew. */
export function stateAfter(state: VenueState, action: VenueAction): VenueState | undefined {
  switch (action) {
    case 'suspend':
      return state === 'active' ? 'suspended' : undefined
    case 'resume':
      return state === 'suspended' ? 'active' : undefined
    case 'close':
      return state === 'closed' ? undefined : 'closed'
    // A poster may be torn off or swapped while the venue is suspended, and details be wrong.
    case 'reissue':
    case 'change':
      return state === 'closed' ? undefined : state
    default:
      return assertNever(action)
  }
}
