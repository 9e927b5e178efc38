import type { Branch } from '../contract/office/venue-kind.ts'
import type { Role } from '../contract/office/roles.ts'

/** What an account may act as; one account may hold several. */
export type Grant =
  | { readonly role: 'operator' | 'health' | 'auditor' }
  | { readonly role: 'coordinator'; readonly branch: Branch }
  | { readonly role: 'owner' | 'staff'; readonly participantId: number }

/** Who is signed in: an account and the session it asks from. */
export interface Person {
  readonly accountId: number
  readonly sessionId: number
  readonly email: string
  readonly name: string
  readonly grants: readonly Grant[]
}

export const hasRole = (person: Person, role: Role): boolean => person.grants.some((grant) => grant.role === role)
