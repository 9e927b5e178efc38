import { randomBytes } from 'node:crypto'
import { SignJWT } from 'jose'
import { ASSERTION_LIVES } from '../../../contract/kiosk/devices.ts'
import type { DeviceKey } from './credential.ts'

export interface AssertionWish {
  readonly device: number
  readonly audience: string
  /** our best guess of the server's time */
  readonly now: Date
  /** public half of the key that is to follow */
  readonly next?: string
}

/** RFC 7523 private_key_jwt: good for a minute, once. */
export function signAssertion(key: DeviceKey, { device, audience, now, next }: AssertionWish): Promise<string> {
  const issued = Math.floor(now.getTime() / 1000)
  return new SignJWT(next === undefined ? {} : { next })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid: key.kid })
    .setIssuer(String(device))
    .setSubject(String(device))
    .setAudience(audience)
    .setJti(randomBytes(16).toString('base64url'))
    .setIssuedAt(issued)
    .setExpirationTime(issued + ASSERTION_LIVES)
    .sign(key.privateKey)
}
