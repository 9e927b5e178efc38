import { checkPass, type PassCheck, type VerifySignature } from '../../contract/pass/pass.ts'
import type { PassKey } from '../../contract/kiosk/keys.ts'

/** `checkPass` with a memory: a signature takes about 90 µs, a person shows the same printed pass for 90 days. */
export type CheckPass = (text: string, keys: PassKeys) => PassCheck

export interface PassKeys {
  readonly keys: readonly PassKey[]
}

/** Passes remembered as checked, in each of two generations; about 1 KB each. */
export const REMEMBERED_PASSES = 50_000

/**
 * Two generations of at most `capacity` passes each: what was asked for since the younger one began stays.
 * Other keys clear it. Unreadable and forged texts are not kept: they would push out what comes again.
 */
export function passCache(verify: VerifySignature, capacity: number): CheckPass {
  let known: PassKeys | undefined
  let young = new Map<string, PassCheck>()
  let old = new Map<string, PassCheck>()
  return (text, keys) => {
    if (known !== keys) {
      known = keys
      young = new Map()
      old = new Map()
    }
    const remembered = young.get(text)
    if (remembered) return remembered
    const check = old.get(text) ?? checkPass(text, keys, verify)
    if (check.kind !== 'authentic') return check
    if (young.size >= capacity) {
      old = young
      young = new Map()
    }
    young.set(text, check)
    return check
  }
}

/** Keys that are in use at a moment: those published ahead are not ours yet. The same object until that changes. */
export function keysInUseNow(all: () => readonly PassKey[], clock: () => Date): () => PassKeys {
  let from: readonly PassKey[] | undefined
  let until = 0
  let inUse: PassKeys = { keys: [] }
  return () => {
    const now = clock().getTime()
    const keys = all()
    if (keys !== from || now >= until) {
      const starts = keys.map(({ notBefore }) => (notBefore === undefined ? 0 : Date.parse(notBefore)))
      from = keys
      until = Math.min(Number.POSITIVE_INFINITY, ...starts.filter((start) => start > now))
      inUse = { keys: keys.filter((_, at) => (starts[at] ?? 0) <= now) }
    }
    return inUse
  }
}
