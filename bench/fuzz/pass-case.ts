import { verifySignature } from '../../app/main/knowledge/verify-signature.ts'
import { checkPass, stripScannerFraming, type VerifySignature } from '../../contract/pass/pass.ts'
import { testKeySet } from '../../contract/testing/test-keys.ts'
import { isIssued } from './issued.ts'
import { passMutations } from './pass-mutations.ts'
import type { Random } from './random.ts'
import type { TextCase, Verdict } from './text-case.ts'

const names = Object.keys(passMutations) as (keyof typeof passMutations)[]

export function verdictOnText(text: string, verify: VerifySignature = verifySignature): Verdict {
  const { kind } = checkPass(text, testKeySet, verify)
  if (kind !== 'authentic') return kind
  return isIssued.has(text) ? 'issued' : 'accepted'
}

export function passCase(random: Random): TextCase {
  const how = random.pick(names)
  const input = passMutations[how](random)
  return { how, input, run: () => verdictOnText(stripScannerFraming(input)) }
}
