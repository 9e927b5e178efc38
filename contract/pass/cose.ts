/** COSE_Sign1 (RFC 9052 §4.2) and its Sig_structure (§4.4), read strictly. */
import { decode, encode, rfc8949EncodeOptions, Tagged } from 'cborg'

const COSE_SIGN1_TAG = 18

/** What neither hides data nor lets two byte strings mean the same: definite lengths, shortest integers, no duplicate keys. */
const STRICT = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
  useMaps: true,
} as const

export interface Sign1 {
  readonly protectedBytes: Uint8Array
  readonly protectedHeader: ReadonlyMap<unknown, unknown>
  readonly unprotectedHeader: ReadonlyMap<unknown, unknown>
  readonly payload: Uint8Array
  readonly signature: Uint8Array
}

/** Strict CBOR to a value (maps are `Map`s), or `undefined`: foreign text is no exception. */
export function decodeStrict(bytes: Uint8Array, tag?: number): unknown {
  try {
    return decode(bytes, tag === undefined ? STRICT : { ...STRICT, tags: { [tag]: Tagged.decoder(tag) } })
  } catch {
    return undefined
  }
}

/** A tagged COSE_Sign1, or `undefined`. Says nothing about its signature. */
export function readSign1(bytes: Uint8Array): Sign1 | undefined {
  const outer = decodeStrict(bytes, COSE_SIGN1_TAG)
  if (!(outer instanceof Tagged) || !Array.isArray(outer.value) || outer.value.length !== 4) return undefined
  const [protectedBytes, unprotectedHeader, payload, signature] = outer.value as readonly unknown[]
  if (!(protectedBytes instanceof Uint8Array) || !(unprotectedHeader instanceof Map)) return undefined
  if (!(payload instanceof Uint8Array) || !(signature instanceof Uint8Array)) return undefined
  const protectedHeader = protectedBytes.length === 0 ? new Map() : decodeStrict(protectedBytes)
  if (!(protectedHeader instanceof Map)) return undefined
  return { protectedBytes, protectedHeader, unprotectedHeader, payload, signature }
}

/** The bytes that are signed: Sig_structure of "Signature1" with an empty external_aad. */
export function toBeSigned(protectedBytes: Uint8Array, payload: Uint8Array): Uint8Array {
  return encode(['Signature1', protectedBytes, new Uint8Array(0), payload], rfc8949EncodeOptions)
}

export function writeSign1(protectedBytes: Uint8Array, payload: Uint8Array, signature: Uint8Array): Uint8Array {
  return encode(new Tagged(COSE_SIGN1_TAG, [protectedBytes, new Map(), payload, signature]), rfc8949EncodeOptions)
}
