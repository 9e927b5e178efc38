import { z } from 'zod'

/** A public key of passes, and what its passes are: DESIGN of the pass, "what a pass is, its key says". */
export const PassKey = z
  .strictObject({
    keyId: z.int().min(0).max(255).meta({ description: 'COSE kid, one byte, never reused' }),
    use: z.enum(['static', 'dynamic', 'phone']),
    lifetime: z.int().positive().meta({ description: 'seconds from issue to expiry of every pass of this key' }),
    publicKey: z
      .string()
      .regex(/^[\w-]{43}$/)
      .meta({ description: 'raw Ed25519 public key, base64url (RFC 8037 x)' }),
    revoked: z.boolean(),
  })
  .readonly()
  .meta({ id: 'PassKey' })
export type PassKey = z.infer<typeof PassKey>

export const KeySet = z
  .strictObject({
    version: z.int().nonnegative(),
    issuedAt: z.iso.datetime(),
    keys: z.array(PassKey).max(256).readonly(),
  })
  .readonly()
  .meta({ id: 'KeySet' })
export type KeySet = z.infer<typeof KeySet>
