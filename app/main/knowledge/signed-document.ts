/**
 * Documents that say who signed them: JWS compact (RFC 7515), EdDSA, header {alg, typ, kid} and nothing else. `typ` is
 * checked, so that one kind of document cannot stand in for another; the key is looked up by `kid`, never taken from it.
 */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { compactVerify, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import type { DocumentType, KeySet, ServerKey } from '../../../contract/kiosk/keys.ts'

export interface Signer {
  /** raw Ed25519 key, base64url */
  readonly publicKey: string
  readonly revoked: boolean
}
export type SignerOf = (kid: string) => Signer | undefined

export type Unsound = 'no-document' | 'wrong-type' | 'unknown-signer' | 'revoked-signer' | 'forged' | 'unknown-shape'
export type Reading<T> =
  { readonly kind: 'sound'; readonly value: T } | { readonly kind: 'unsound'; readonly why: Unsound }

const Header = z.strictObject({ alg: z.literal('EdDSA'), typ: z.string(), kid: z.string() })
const unsound = (why: Unsound): { readonly kind: 'unsound'; readonly why: Unsound } => ({ kind: 'unsound', why })

/** What a signed document says, once everything about it holds. Never throws, whatever the text. */
export async function readSigned<S extends z.ZodType>(
  jws: string,
  type: DocumentType,
  schema: S,
  signerOf: SignerOf,
): Promise<Reading<z.output<S>>> {
  const header = headerOf(jws)
  if (!header) return unsound('no-document')
  if (header.typ !== type) return unsound('wrong-type')
  const signer = signerOf(header.kid)
  if (!signer) return unsound('unknown-signer')
  if (signer.revoked) return unsound('revoked-signer')
  let payload: Uint8Array
  try {
    payload = (await compactVerify(jws, publicKeyOf(signer.publicKey), { algorithms: ['EdDSA'] })).payload
  } catch {
    return unsound('forged')
  }
  const parsed = schema.safeParse(asJson(payload))
  return parsed.success ? { kind: 'sound', value: parsed.data } : unsound('unknown-shape')
}

/** RFC 7638 thumbprint of a raw Ed25519 or X25519 public key: its `kid`. */
export const thumbprint = (publicKey: string, crv: 'Ed25519' | 'X25519' = 'Ed25519'): string =>
  createHash('sha256')
    .update(JSON.stringify({ crv, kty: 'OKP', x: publicKey }))
    .digest('base64url')

/** Roots, pinned by the installer or the settings, sign the key set. */
export function rootSigners(publicKeys: readonly string[]): SignerOf {
  const byKid = new Map(publicKeys.map((publicKey) => [thumbprint(publicKey), { publicKey, revoked: false }]))
  return (kid) => byKid.get(kid)
}

/** The key set's keys for one use. */
export const signersOf =
  (keySet: KeySet, use: ServerKey['use']): SignerOf =>
  (kid) =>
    keySet.serverKeys.find((key) => key.kid === kid && key.use === use)

const keyObjects = new Map<string, KeyObject>()

function publicKeyOf(x: string): KeyObject {
  const known = keyObjects.get(x)
  if (known) return known
  const made = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  keyObjects.set(x, made)
  return made
}

function headerOf(jws: string): z.infer<typeof Header> | undefined {
  try {
    return Header.safeParse(decodeProtectedHeader(jws)).data
  } catch {
    return undefined
  }
}

function asJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
