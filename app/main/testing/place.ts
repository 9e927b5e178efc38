/** A venue with keys of its own: issues real passes, and is what a kiosk there would know. */
import type { PassClaims } from '../../../contract/pass/pass.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { makeAuthority, newHandle, type Authority } from './authority.ts'

export { newHandle }

export interface Place {
  readonly authority: Authority
  readonly knowledge: Knowledge
  /** A static pass good for a month from `now`, unless said otherwise. */
  issue(claims?: Partial<PassClaims>): string
  /** The same place, its list holding these handles, last confirmed at a time. */
  listing(handles: readonly string[], confirmedAt: Date): Knowledge
}

export function makePlace(now: Date): Place {
  const authority = makeAuthority(now)
  const listing = (handles: readonly string[], confirmedAt: Date): Knowledge => {
    authority.list(...handles)
    const denyList = { manifest: authority.manifest(), jws: '', entries: authority.entries(), confirmedAt }
    authority.correct(...handles)
    return { config: authority.config(), keySet: { value: authority.keySet(), confirmedAt: now }, denyList }
  }
  return { authority, knowledge: listing([], now), listing, issue: (claims) => authority.issue(claims) }
}
