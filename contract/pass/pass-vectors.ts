/** Known answers: Node, Electron's main process (at each start) and browsers must all give these. */
import { z } from 'zod'
import { KeySet } from '../kiosk/keys.ts'
import { findKey, judgeSignature, type PassCheck, type VerifySignature } from './pass.ts'
import file from '../vectors/pass.json' with { type: 'json' }

const PassVectors = z.strictObject({
  about: z.string(),
  keySet: KeySet,
  vectors: z.array(
    z.strictObject({
      name: z.string(),
      text: z.string(),
      expect: z.strictObject({
        kind: z.enum(['unreadable', 'unknown-key', 'forged', 'revoked-key', 'authentic']),
        claims: z
          .strictObject({
            keyId: z.int(),
            expiresAt: z.int(),
            handle: z.string(),
            audience: z.string().exactOptional(),
          })
          .optional(),
      }),
    }),
  ),
})

export const passVectors = PassVectors.parse(file)

type Verify = (...of: Parameters<VerifySignature>) => boolean | Promise<boolean>

/** The names of the vectors that came out otherwise than they must: none, where this machine's Ed25519 is sound. */
export async function runPassVectors(verify: Verify): Promise<readonly string[]> {
  const failed: string[] = []
  for (const { name, text, expect } of passVectors.vectors) {
    const found = findKey(text, passVectors.keySet)
    const check =
      found.kind === 'keyed' ? judgeSignature(found, await verify(found.key, found.toBeSigned, found.signature)) : found
    if (!isExpected(check, expect)) failed.push(name)
  }
  return failed
}

function isExpected(check: PassCheck, expected: (typeof passVectors.vectors)[number]['expect']): boolean {
  if (check.kind !== expected.kind) return false
  if (check.kind !== 'authentic') return true
  const { keyId, expiresAt, handle, audience } = check.claims
  const { claims } = expected
  return (
    keyId === claims?.keyId &&
    expiresAt === claims.expiresAt &&
    handle === claims.handle &&
    audience === claims.audience
  )
}
