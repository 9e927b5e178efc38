/** Private halves lie in files of their own, readable by their owner only, named for their public halves. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export type Curve = 'Ed25519' | 'X25519'

export interface KeyPair {
  /** raw, base64url (RFC 8037 x) */
  readonly publicKey: string
  readonly privateKey: KeyObject
}

export function newKeyPair(curve: Curve = 'Ed25519'): KeyPair {
  const { privateKey } = curve === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')
  return { publicKey: publicHalf(privateKey), privateKey }
}

export function publicHalf(privateKey: KeyObject): string {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  if (x === undefined) throw new Error('is no key of Ed25519 or X25519')
  return x
}

/** RFC 7638 thumbprint of a raw public key: its `kid`. */
export const thumbprint = (publicKey: string, crv: Curve = 'Ed25519'): string =>
  createHash('sha256')
    .update(JSON.stringify({ crv, kty: 'OKP', x: publicKey }))
    .digest('base64url')

/** @throws where the file is there already: a private key is never overwritten */
export function writePrivateKey(file: string, privateKey: KeyObject): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' })
}

/** `undefined`: there is no such file. */
export function readPrivateKey(file: string): KeyObject | undefined {
  try {
    return createPrivateKey(readFileSync(file))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
