import { checkPass, type PassCheck, type VerifySignature } from '../contract/pass.ts'
import type { KeySet } from '../contract/keys.ts'

/** `checkPass` with a memory: a signature takes about 90 µs, a person shows the same printed pass for 90 days. */
export type CheckPass = (text: string, keySet: KeySet) => PassCheck

/**
 * Two generations of at most `capacity` passes each: what was asked for since the younger one began stays.
 * Another key set clears it. Unreadable and forged texts are not kept: they would push out what comes again.
 */
export function passCache(verify: VerifySignature, capacity: number): CheckPass {
  let keys: KeySet | undefined
  let young = new Map<string, PassCheck>()
  let old = new Map<string, PassCheck>()
  return (text, keySet) => {
    if (keys !== keySet) {
      keys = keySet
      young = new Map()
      old = new Map()
    }
    const known = young.get(text)
    if (known) return known
    const check = old.get(text) ?? checkPass(text, keySet, verify)
    if (check.kind !== 'authentic') return check
    if (young.size >= capacity) {
      old = young
      young = new Map()
    }
    young.set(text, check)
    return check
  }
}
