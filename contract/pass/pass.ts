/**
 * The pass: CWT (RFC 8392) in a tagged COSE_Sign1 (RFC 9052), Ed25519 (COSE alg -19, RFC 9864), Base45 (RFC 9285)
 * behind `QP1:`. 96 bytes are 148 characters, QR version 6 at level M.
 *
 * [Note: what a pass is, its key says] The key record carries `use` and `lifetime`; the code itself holds no issue
 * time, no type and no algorithm that anybody believes.
 */
import { encode, rfc8949EncodeOptions } from 'cborg'
import { decodeBase45, encodeBase45 } from './base45.ts'
import { decodeStrict, readSign1, toBeSigned, writeSign1, type Sign1 } from './cose.ts'
import type { KeySet, PassKey } from '../kiosk/keys.ts'

export const PASS_PREFIX = 'QP1:'
/** Length and alphabet are checked before anything is parsed. */
const PASS_TEXT = /^QP1:[0-9A-Z $%*+\-./:]{90,390}$/

const COSE_ALG = 1
const COSE_KID = 4
const ED25519 = -19
const CLAIM_AUD = 3
const CLAIM_EXP = 4
const CLAIM_CTI = 7
const HANDLE_BYTES = 10
const SIGNATURE_BYTES = 64

export interface PassClaims {
  /** 1 byte, never reused: which key signs, and so what kind of pass this is. */
  readonly keyId: number
  /** `exp`, seconds since 1970. */
  readonly expiresAt: number
  /** `cti`: 80 random bits, 20 lower-case hex characters. Never derived from a person's data. */
  readonly handle: string
  /** `aud`: the code of the one venue a phone pass is good for. */
  readonly audience?: string
}

/** A well-formed pass whose signature nobody has checked yet: its claims must not be used. */
export interface SealedPass {
  readonly keyId: number
  readonly toBeSigned: Uint8Array
  readonly signature: Uint8Array
  readonly claims: PassClaims
}

/** A sealed pass and the key that it says has signed it. */
export interface KeyedPass extends SealedPass {
  readonly kind: 'keyed'
  readonly key: PassKey
}

export type PassCheck =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'unknown-key'; readonly keyId: number }
  | { readonly kind: 'forged' }
  | { readonly kind: 'revoked-key' }
  | { readonly kind: 'authentic'; readonly claims: PassClaims; readonly key: PassKey }

/** Ed25519 over the bytes; handed in, since Node, Electron and browsers each have their own. */
export type VerifySignature = (key: PassKey, signed: Uint8Array, signature: Uint8Array) => boolean

/** What a scanner adds around a code: an AIM identifier before it, CR, LF or Tab after it. Inner spaces are data. */
export function stripScannerFraming(text: string): string {
  return text.replace(/[\r\n\t]+$/, '').replace(/^\]Q[0-6]/, '')
}

/** The pass in a text, or `undefined` for anything else. Never throws, whatever the text. */
export function readPass(text: string): SealedPass | undefined {
  if (!PASS_TEXT.test(text)) return undefined
  const bytes = decodeBase45(text.slice(PASS_PREFIX.length))
  const sign1 = bytes && readSign1(bytes)
  if (!sign1 || sign1.unprotectedHeader.size !== 0 || sign1.signature.length !== SIGNATURE_BYTES) return undefined
  const { protectedBytes, payload, signature } = sign1
  const keyId = keyIdOf(sign1)
  const claims = keyId === undefined ? undefined : claimsOf(payload, keyId)
  if (keyId === undefined || !claims) return undefined
  // Claims have one text: no other order of keys, no 1.0 for 1.
  if (!isSame(protectedBytes, encodeHeader(keyId)) || !isSame(payload, encodeClaims(claims))) return undefined
  return { keyId, claims, signature, toBeSigned: toBeSigned(protectedBytes, payload) }
}

/** Whether a text is a pass of ours, signed by a key of the set. Times, venue and restrictions are `decide`'s. */
export function checkPass(text: string, keySet: Pick<KeySet, 'keys'>, verify: VerifySignature): PassCheck {
  const found = findKey(text, keySet)
  return found.kind === 'keyed' ? judgeSignature(found, verify(found.key, found.toBeSigned, found.signature)) : found
}

/** `checkPass` as far as the signature; apart, because a browser can only verify asynchronously. */
export function findKey(
  text: string,
  keySet: Pick<KeySet, 'keys'>,
): KeyedPass | Extract<PassCheck, { kind: 'unreadable' | 'unknown-key' }> {
  const pass = readPass(text)
  if (!pass) return { kind: 'unreadable' }
  const key = keySet.keys.find((candidate) => candidate.keyId === pass.keyId)
  return key ? { kind: 'keyed', ...pass, key } : { kind: 'unknown-key', keyId: pass.keyId }
}

/** `checkPass` from the signature on. */
export function judgeSignature({ claims, key }: KeyedPass, isValid: boolean): PassCheck {
  if (!isValid) return { kind: 'forged' }
  if (key.revoked) return { kind: 'revoked-key' }
  // Only phone passes are bound to a venue, and they always are.
  if ((key.use === 'phone') !== (claims.audience !== undefined)) return { kind: 'forged' }
  return { kind: 'authentic', claims, key }
}

/** The pass text for claims; `sign` makes the 64-byte Ed25519 signature. */
export function writePass(claims: PassClaims, sign: (signed: Uint8Array) => Uint8Array): string {
  const protectedBytes = encodeHeader(claims.keyId)
  const payload = encodeClaims(claims)
  const signature = sign(toBeSigned(protectedBytes, payload))
  return PASS_PREFIX + encodeBase45(writeSign1(protectedBytes, payload, signature))
}

const encodeMap = (entries: readonly (readonly [number, unknown])[]): Uint8Array =>
  encode(new Map(entries), rfc8949EncodeOptions)

function encodeHeader(keyId: number): Uint8Array {
  return encodeMap([
    [COSE_ALG, ED25519],
    [COSE_KID, Uint8Array.of(keyId)],
  ])
}

function encodeClaims({ audience, expiresAt, handle }: PassClaims): Uint8Array {
  return encodeMap([
    ...(audience === undefined ? [] : ([[CLAIM_AUD, audience]] as const)),
    [CLAIM_EXP, expiresAt],
    [CLAIM_CTI, bytesOfHex(handle)],
  ])
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at])

/** `{1: -19, 4: one byte}` and nothing else. The algorithm is fixed here and never chosen by the header. */
function keyIdOf(sign1: Sign1): number | undefined {
  const { protectedHeader } = sign1
  const kid = protectedHeader.get(COSE_KID)
  if (protectedHeader.size !== 2 || protectedHeader.get(COSE_ALG) !== ED25519) return undefined
  return kid instanceof Uint8Array && kid.length === 1 ? kid[0] : undefined
}

function claimsOf(payload: Uint8Array, keyId: number): PassClaims | undefined {
  const map = decodeStrict(payload)
  if (!(map instanceof Map)) return undefined
  const claims = map as ReadonlyMap<unknown, unknown>
  const expiresAt = claims.get(CLAIM_EXP)
  const handle = claims.get(CLAIM_CTI)
  const audience = claims.get(CLAIM_AUD)
  if (claims.size !== (audience === undefined ? 2 : 3)) return undefined
  if (typeof expiresAt !== 'number' || !Number.isInteger(expiresAt) || expiresAt < 0x10000 || expiresAt > 0xffffffff) {
    return undefined
  }
  if (!(handle instanceof Uint8Array) || handle.length !== HANDLE_BYTES) return undefined
  if (audience === undefined) return { keyId, expiresAt, handle: hexOf(handle) }
  if (typeof audience !== 'string' || !/^[0-9A-Z-]{1,16}$/.test(audience)) return undefined
  return { keyId, expiresAt, handle: hexOf(handle), audience }
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
}
