import { z } from 'zod'

/**
 * How events are sealed: JWE compact (RFC 7516) with ECDH-ES over X25519 (RFC 7518 §4.6, RFC 8037) and A256GCM. One
 * algorithm, fixed here; nothing that a header could choose. Events of a few minutes share their agreement: same header.
 */
export const SealHeader = z.strictObject({
  alg: z.literal('ECDH-ES'),
  enc: z.literal('A256GCM'),
  kid: z.string().max(64),
  epk: z.strictObject({ kty: z.literal('OKP'), crv: z.literal('X25519'), x: z.string().regex(/^[\w-]{43}$/) }),
})
export type SealHeader = z.infer<typeof SealHeader>

/** Of AES-GCM, bytes. */
export const NONCE_BYTES = 12
export const TAG_BYTES = 16

/** 32 bits, big-endian: 1 */
const COUNTER = [0, 0, 0, 1]
/** Name of the algorithm with its length, no party information, length of the key in bits. */
const OTHER_INFO = [0, 0, 0, 7, ...new TextEncoder().encode('A256GCM'), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]

/** What the content key is the SHA-256 of (Concat KDF, NIST SP 800-56A; one round), for a secret of 32 bytes. */
export const keyDerivationInput = (secret: Uint8Array): Uint8Array =>
  Uint8Array.from([...COUNTER, ...secret, ...OTHER_INFO])
