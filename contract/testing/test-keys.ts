import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import type { KeySet, PassKey } from '../kiosk/keys.ts'
import { writePass, type PassClaims, type VerifySignature } from '../pass/pass.ts'

/** PKCS #8 around a raw Ed25519 seed (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Keys that anybody can make from their names: for tests, never for people's passes. */
function testSeed(name: string): KeyObject {
  const seed = createHash('sha256').update(`Dopusk test key, not for use: ${name}`).digest()
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
}

export interface TestKey {
  readonly key: PassKey
  sign(signed: Uint8Array): Uint8Array
  /** The text of a pass of this key. */
  issue(claims: Omit<PassClaims, 'keyId'>): string
}

export function testKey(keyId: number, use: PassKey['use'], lifetime: number, revoked = false): TestKey {
  const secret = testSeed(`${use} ${keyId}`)
  const { x } = createPublicKey(secret).export({ format: 'jwk' })
  if (typeof x !== 'string') throw new Error('an Ed25519 key has an x')
  const signBytes = (signed: Uint8Array): Uint8Array => new Uint8Array(sign(null, signed, secret))
  return {
    key: { keyId, use, lifetime, publicKey: x, revoked },
    sign: signBytes,
    issue: (claims) => writePass({ ...claims, keyId }, signBytes),
  }
}

const DAY = 24 * 3600

export const testKeys = {
  static: testKey(1, 'static', 90 * DAY),
  dynamic: testKey(2, 'dynamic', 300),
  phone: testKey(3, 'phone', 600),
  revoked: testKey(4, 'static', 90 * DAY, true),
} as const

export const testKeySet: KeySet = {
  version: 1,
  issuedAt: '2026-01-01T00:00:00Z',
  expiresAt: '2027-01-01T00:00:00Z',
  keys: Object.values(testKeys).map(({ key }) => key),
  serverKeys: [],
}

const publicKeys = new Map<string, KeyObject>()

/** Ed25519 through node:crypto, as server and kiosk do it. */
export const verifyInNode: VerifySignature = ({ publicKey: x }, signed, signature) => {
  const known = publicKeys.get(x) ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  publicKeys.set(x, known)
  return verify(null, signed, known, signature)
}
