import type { Actor } from '../audit/audit.store.ts'
import type { OfficeApi } from '../../contract/office/api.ts'
import type { Grant } from '../../contract/office/grant.ts'
import type { Branch } from '../../contract/office/venue-kind.ts'
import { TWO_FACTOR_ROLES, type Role } from '../../contract/office/role.ts'
import type { Handlers } from '../http/mount.ts'

export type { Grant }

/** Who is signed in: an account and the session it asks from. */
export interface Person {
  readonly accountId: number
  readonly sessionId: number
  readonly email: string
  readonly name: string
  readonly locale: 'ru' | 'en'
  /** `waived`: an account of the demonstration */
  readonly secondFactor: 'on' | 'off' | 'waived'
  readonly grants: readonly Grant[]
  readonly hasPassword: boolean
}

export type OfficeHandlers = Handlers<unknown, OfficeApi, Person>

export const hasRole = (person: Person, role: Role): boolean => person.grants.some((grant) => grant.role === role)

export const needsSecondFactor = (grants: readonly Grant[]): boolean =>
  grants.some(({ role }) => TWO_FACTOR_ROLES.includes(role))

export const mustAddSecondFactor = ({ secondFactor, grants }: Pick<Person, 'secondFactor' | 'grants'>): boolean =>
  secondFactor === 'off' && needsSecondFactor(grants)

/** Of the audit log: who acts, in the first of these roles that the person has. `self`: in their own affairs. */
export function actorOf(person: Person, ...roles: readonly Role[]): Actor {
  return {
    kind: 'person',
    accountId: person.accountId,
    role: roles.find((role) => hasRole(person, role)) ?? 'self',
  }
}

interface GrantRow {
  readonly role: Role
  readonly branch: Branch | null
  readonly participant_id: number | null
}

/** @throws where the row is none that the table's own checks let in */
export function grantOf({ role, branch, participant_id: participantId }: GrantRow): Grant {
  if (role === 'coordinator' && branch !== null) return { role, branch }
  if ((role === 'owner' || role === 'staff') && participantId !== null) return { role, participantId }
  if (role === 'operator' || role === 'health' || role === 'auditor') return { role }
  throw new Error(`a grant of ${role} lacks its object`)
}

export function grantRow(grant: Grant): GrantRow {
  return {
    role: grant.role,
    branch: 'branch' in grant ? grant.branch : null,
    participant_id: 'participantId' in grant ? grant.participantId : null,
  }
}
