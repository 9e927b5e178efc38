import type { Person } from '../../accounts/person.ts'
import type { Caller } from '../../contract/office/roles.ts'

/** Whose venues a person sees. */
export type VenueScope = { readonly kind: 'all' } | { readonly kind: 'participants'; readonly ids: readonly number[] }

/** @param callers who may do it at all; a grant that is not among them opens nothing */
export function scopeOf({ grants }: Pick<Person, 'grants'>, callers: readonly Caller[]): VenueScope {
  const may = grants.filter(({ role }) => callers.includes(role))
  if (may.some(({ role }) => role === 'operator' || role === 'auditor')) return { kind: 'all' }
  return { kind: 'participants', ids: may.flatMap((grant) => ('participantId' in grant ? [grant.participantId] : [])) }
}
