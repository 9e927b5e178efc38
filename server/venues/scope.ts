import type { Grant } from '../accounts/person.ts'
import { assertNever } from '../../contract/assert-never.ts'
import { BRANCH_OF, VenueKind } from '../../contract/office/venue-kind.ts'

/** Which venues a person may see: any that one of these describes. */
export interface VenueScope {
  readonly all: boolean
  readonly kinds: readonly VenueKind[]
  readonly participants: readonly number[]
}

/** Operator, auditor: all; a Coordinator: its branch; owner and staff: their Participant's. The health authority reads all. */
export function venueScope(grants: readonly Grant[]): VenueScope {
  return {
    all: grants.some(({ role }) => role === 'operator' || role === 'auditor' || role === 'health'),
    kinds: grants.flatMap((grant) =>
      grant.role === 'coordinator' ? VenueKind.options.filter((kind) => BRANCH_OF[kind] === grant.branch) : [],
    ),
    participants: participantsOf(grants),
  }
}

/** Those that a person owns or works for. */
export const participantsOf = (grants: readonly Grant[]): readonly number[] =>
  grants.flatMap((grant) => ('participantId' in grant ? [grant.participantId] : []))

/** What somebody may do with a Participant's venues. */
export type Deed = 'read' | 'change'

/** Staff see and do not change; what Coordinator, health authority and auditor read they read elsewhere. */
export function maySettle(grants: readonly Grant[], participantId: number | null, deed: Deed): boolean {
  return grants.some((grant) => {
    switch (grant.role) {
      case 'operator':
        return true
      case 'owner':
        return grant.participantId === participantId
      case 'staff':
        return deed === 'read' && grant.participantId === participantId
      case 'coordinator':
      case 'health':
      case 'auditor':
        return false
      default:
        return assertNever(grant)
    }
  })
}
