import { decodeBase45 } from '../../contract/pass/base45.ts'
import { hexOf } from '../../contract/pass/pass.ts'
import { testKeys } from '../../contract/testing/test-keys.ts'
import { randomOf } from './random.ts'

/** Passes that were really issued: the only texts that may ever be authentic. */
export const issued: readonly string[] = (() => {
  const random = randomOf(2026)
  return Array.from({ length: 60 }, (_, at) => {
    const claims = { expiresAt: 1_700_000_000 + random.below(200_000_000), handle: hexOf(random.bytes(10)) }
    if (at % 3 === 0) return testKeys.static.issue(claims)
    if (at % 3 === 1) return testKeys.dynamic.issue(claims)
    return testKeys.phone.issue({ ...claims, audience: `V-${String(random.below(10_000)).padStart(4, '0')}` })
  })
})()
export const isIssued: ReadonlySet<string> = new Set(issued)

export function bytesOfPass(text: string): Uint8Array {
  const bytes = decodeBase45(text.slice(4))
  if (!bytes) throw new Error('an issued pass decodes')
  return bytes
}
