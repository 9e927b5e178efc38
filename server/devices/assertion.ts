import { z } from 'zod'
import { ASSERTION_LIVES, DevicePublicKey } from '../../contract/kiosk/devices.ts'

/** Seconds that a kiosk's clock may be off after it was told the server's time. */
const TOLERANCE = 30

export const AssertionHeader = z.strictObject({
  alg: z.literal('EdDSA'),
  typ: z.literal('JWT').optional(),
  kid: z.string().regex(/^[\w-]{43}$/),
})

/** What a device says in its assertion (RFC 7523 §3). `next`: of one that asks for another key. */
export const AssertionClaims = z.strictObject({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  jti: z.string().min(16).max(64),
  iat: z.int(),
  exp: z.int(),
  next: DevicePublicKey.optional(),
})
export type AssertionClaims = z.infer<typeof AssertionClaims>

/** The claim that is wrong with it, all signatures being right. @param now seconds since 1970 */
export function wrongClaim(
  claims: AssertionClaims,
  device: { readonly id: number },
  audiences: readonly string[],
  now: number,
): 'iss' | 'sub' | 'aud' | 'exp' | 'iat' | undefined {
  if (claims.sub !== String(device.id)) return 'sub'
  if (claims.iss !== claims.sub) return 'iss'
  if (!audiences.includes(claims.aud)) return 'aud'
  if (claims.exp <= now - TOLERANCE || claims.exp - claims.iat > ASSERTION_LIVES || claims.exp <= claims.iat)
    return 'exp'
  return claims.iat > now + TOLERANCE ? 'iat' : undefined
}
