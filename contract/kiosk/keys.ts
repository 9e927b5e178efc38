/** Who may sign what: the key set, signed by an offline root whose public half is in the installer. */
import { z } from 'zod'

const PublicKey = z.string().regex(/^[\w-]{43}$/)
const Instant = z.iso.datetime()

/** What a key's passes are: printable, renewed on a phone's screen, or got by SMS at a poster. */
export const PassUse = z.enum(['static', 'dynamic', 'phone'])
export type PassUse = z.infer<typeof PassUse>

/** A public key of passes, and what its passes are: "what a pass is, its key says". */
export const PassKey = z
  .strictObject({
    keyId: z.int().min(0).max(255).meta({ description: 'COSE kid, one byte, never reused' }),
    use: PassUse,
    lifetime: z.int().positive().meta({ description: 'seconds from issue to expiry of every pass of this key' }),
    publicKey: PublicKey.meta({ description: 'raw Ed25519 public key, base64url (RFC 8037 x)' }),
    notBefore: Instant.exactOptional().meta({ description: 'published ahead: until then its passes are not ours yet' }),
    revoked: z.boolean(),
  })
  .readonly()
  .meta({ id: 'PassKey' })
export type PassKey = z.infer<typeof PassKey>

/** A key of the server's: signs lists (`list`) or configuration (`config`) with Ed25519, or opens events (`seal`, X25519). */
export const ServerKey = z
  .strictObject({
    kid: z.string().min(1).max(64).meta({ description: 'RFC 7638 thumbprint' }),
    use: z.enum(['list', 'config', 'seal']),
    publicKey: PublicKey.meta({ description: 'raw public key, base64url (RFC 8037 x)' }),
    revoked: z.boolean(),
  })
  .readonly()
  .meta({ id: 'ServerKey' })
export type ServerKey = z.infer<typeof ServerKey>

/** The payload of a JWS with typ `dopusk-keys+jws`, signed by a root. Versions only grow. */
export const KeySet = z
  .strictObject({
    version: z.int().nonnegative(),
    issuedAt: Instant,
    expiresAt: Instant,
    keys: z.array(PassKey).max(256).readonly(),
    serverKeys: z.array(ServerKey).max(64).readonly(),
  })
  .readonly()
  .meta({ id: 'KeySet' })
export type KeySet = z.infer<typeof KeySet>

/** The set as it is at a time: keys published ahead are not ours yet. Key objects stay the same ones. */
export function keysInUse(keySet: KeySet, now: Date): KeySet {
  const isAhead = ({ notBefore }: PassKey): boolean => notBefore !== undefined && Date.parse(notBefore) > now.getTime()
  return keySet.keys.some(isAhead) ? { ...keySet, keys: keySet.keys.filter((key) => !isAhead(key)) } : keySet
}

/** JWS `typ` of each signed document: one cannot stand in for another. */
export const DOCUMENT_TYPES = {
  keys: 'dopusk-keys+jws',
  denyList: 'dopusk-deny+jws',
  config: 'dopusk-config+jws',
} as const
export type DocumentType = (typeof DOCUMENT_TYPES)[keyof typeof DOCUMENT_TYPES]

/** A signed document on the wire: JWS compact serialization (RFC 7515), EdDSA; header {alg, typ, kid}. */
export const SignedDocument = z
  .strictObject({
    jws: z
      .string()
      .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)
      .max(256 * 1024),
  })
  .readonly()
  .meta({ id: 'SignedDocument' })
export type SignedDocument = z.infer<typeof SignedDocument>
