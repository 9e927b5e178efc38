/** What a terminal stands at by what it keeps, and whose root it is to believe: pure. */
import { assertNever } from '../../../contract/assert-never.ts'
import { spelledFingerprint } from '../../../contract/kiosk/enrolment.ts'
import type { DeviceStanding, EnrolTrouble } from '../../preload/setup-api.ts'
import { thumbprint } from '../knowledge/signed-document.ts'
import type { Credential, Earlier } from './credential.ts'

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

/**
 * What it is again where a code did not let it in. What its server has said of it still holds; whether it would still work
 * is asked anew.
 */
export function standingAgain(kept: Earlier, said: DeviceStanding, trouble: EnrolTrouble): DeviceStanding {
  if (said.kind === 'unknown' || said.kind === 'pending') return { ...said, trouble }
  const standing = standingOf(kept)
  return standing.kind === 'enrolled' || standing.kind === 'revoked' ? { ...standing, trouble } : standing
}
