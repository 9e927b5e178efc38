/** What a terminal stands at by what it keeps, and whose root it is to believe: pure. */
import { assertNever } from '../../../server/contract/assert-never.ts'
import { spelledFingerprint } from '../../../server/contract/enrolment.ts'
import type { DeviceStanding } from '../../preload/setup-api.ts'
import { thumbprint } from '../signed-document.ts'
import type { Credential } from './credential.ts'

export const placeOf = ({ venue, accessPoint }: { readonly venue: string; readonly accessPoint: string }) => ({
  venue,
  accessPoint,
})

/** `to-compare`: nothing but a person can say whether it is the right one. */
export function verdictOn(
  told: string | undefined,
  fromCode: string | undefined,
  packed: readonly string[],
): 'pinned' | 'packed' | 'to-compare' | 'other' {
  if (packed.length > 0) return told === undefined || packed.includes(told) ? 'packed' : 'other'
  if (told === undefined) return 'other'
  if (fromCode === undefined) return 'to-compare'
  return thumbprint(told) === fromCode ? 'pinned' : 'other'
}

export function standingOf(credential: Credential | undefined): DeviceStanding {
  if (!credential) return { kind: 'none' }
  switch (credential.kind) {
    case 'enrolling':
      return { kind: 'enrolling', server: credential.server }
    case 'revoked':
      return { kind: 'revoked' }
    case 'enrolled':
      return credential.unconfirmed === undefined
        ? { kind: 'enrolled', ...placeOf(credential) }
        : {
            kind: 'confirming',
            ...placeOf(credential),
            fingerprint: spelledFingerprint(thumbprint(credential.unconfirmed)),
          }
    default:
      return assertNever(credential)
  }
}
