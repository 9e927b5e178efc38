import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import type { PassKey } from '../../../contract/kiosk/keys.ts'
import type { VerifySignature } from '../../../contract/pass/pass.ts'

const keyObjects = new WeakMap<PassKey, KeyObject>()

function keyObjectOf(key: PassKey): KeyObject {
  const known = keyObjects.get(key)
  if (known) return known
  const made = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey }, format: 'jwk' })
  keyObjects.set(key, made)
  return made
}

/** Ed25519 (RFC 8032) by Node's crypto; in Electron that is BoringSSL. About 90 µs. */
export const verifySignature: VerifySignature = (key, signed, signature) =>
  verify(null, signed, keyObjectOf(key), signature)
