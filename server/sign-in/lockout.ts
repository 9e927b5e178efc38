import { assertNever } from '../../contract/assert-never.ts'
/**
 * How guessing is slowed without shutting anybody out.
 *
 * An account that locks after so many wrong passwords can be locked by anyone who knows its address. So attempts are
 * counted apart by how well the asking browser is known to the account:
 *
 * - A known device carries a cookie from an earlier sign-in to this very account. It has a count of its own; whatever
 *   others do does not touch it.
 * - A known network is one the account has signed in from in the last 90 days. It has a count of its own with the account.
 * - A stranger has three counts: with the account from this network, all accounts from this network (one password tried
 *   on many addresses), and all strangers together on this account (many networks trying one address). The last one can
 *   be used up by an attacker, and then shuts out strangers only. The owner who happens to be one, with a new browser in
 *   a new place, asks for a new password: that link comes by mail, and makes the browser a known device.
 *
 * Addresses without an account are counted in the same way, so that a limit says nothing of what there is.
 */
export type Familiarity = 'known-device' | 'known-network' | 'stranger'

export type LimitName = 'device' | 'place' | 'stranger' | 'network' | 'strangers' | 'code' | 'reset' | 'reset-network'

/** So many attempts in so many seconds. */
export const LIMITS: Readonly<Record<LimitName, { readonly points: number; readonly seconds: number }>> = {
  device: { points: 10, seconds: 900 },
  place: { points: 10, seconds: 900 },
  stranger: { points: 5, seconds: 900 },
  network: { points: 100, seconds: 3600 },
  strangers: { points: 30, seconds: 3600 },
  // codes of the second factor: asked only of who knows the password
  code: { points: 10, seconds: 900 },
  reset: { points: 3, seconds: 3600 },
  'reset-network': { points: 20, seconds: 3600 },
}

export interface Count {
  readonly limit: LimitName
  /** what it counts by; digested before it is kept */
  readonly by: string
}

export interface Attempt {
  readonly familiarity: Familiarity
  readonly email: string
  readonly network: string
  /** digest of the device's cookie */
  readonly device: string
}

/** What an attempt to sign in is counted by, from the narrowest on. */
export function countsOf({ familiarity, email, network, device }: Attempt): readonly Count[] {
  switch (familiarity) {
    case 'known-device':
      return [{ limit: 'device', by: device }]
    case 'known-network':
      return [{ limit: 'place', by: `${email} ${network}` }]
    case 'stranger':
      return [
        { limit: 'stranger', by: `${email} ${network}` },
        { limit: 'network', by: network },
        { limit: 'strangers', by: email },
      ]
    default:
      return assertNever(familiarity)
  }
}
