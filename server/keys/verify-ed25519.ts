import { verify, type KeyObject } from 'node:crypto'
import type { PassKey } from '../../contract/kiosk/keys.ts'
import type { VerifySignature } from '../../contract/pass/pass.ts'
import { publicKeyObject } from './server-keys.ts'

const keyObjects = new WeakMap<PassKey, KeyObject>()

/** Ed25519 by Node's OpenSSL. A key that is no point on the curve verifies nothing. */
export const verifyEd25519: VerifySignature = (key, signed, signature) => {
  let object = keyObjects.get(key)
  if (!object) {
    object = publicKeyObject(key.publicKey, 'Ed25519')
    keyObjects.set(key, object)
  }
  return verify(null, signed, object, signature)
}
