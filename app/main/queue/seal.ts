/**
 * Events are sealed for the server alone, at once (JWE, see contract/kiosk/sealing.ts). The kiosk has no key to open what
 * lies on its disk: it cannot read its own history. What it agrees with the server's key serves a few minutes: a memory dump
 * opens those, and the same memory has just held the passes themselves. About 25 µs, 600 characters.
 */
import {
  createCipheriv,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  hash,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import type { AdmissionEvent } from '../../../contract/kiosk/admission.ts'
import type { KeySet, ServerKey } from '../../../contract/kiosk/keys.ts'
import { keyDerivationInput, NONCE_BYTES, TAG_BYTES, type SealHeader } from '../../../contract/kiosk/sealing.ts'

/** The device's clock when it happened, milliseconds; see `EventEnvelope`. */
export interface Stamp {
  readonly wall: number
  readonly offset?: number
  readonly uncertainty?: number
}

/** Nobody to seal for: then nothing can be recorded here. */
export class NoSealKey extends Error {
  override readonly name = 'NoSealKey'
}

export interface SealedText {
  readonly id: string
  readonly jwe: string
}

/** Seals an event. @throws {NoSealKey} */
export type Seal = (event: AdmissionEvent, stamp?: Stamp) => Promise<SealedText>

type Recipient = Pick<ServerKey, 'kid' | 'publicKey'>

/** A content key, and the header that lets the server find the same. */
interface Agreement {
  readonly kid: string
  readonly header: string
  readonly key: KeyObject
  readonly until: number
  left: number
}

/** Events under one content key, whose nonces are random: far below the 2³² that AES-GCM allows. */
const EVENTS = 200
const AGREED_FOR_MS = 10 * 60_000

/** The newest that is good: keys are listed in the order of their making. */
export const sealKeyOf = (keySet: KeySet | undefined): ServerKey | undefined =>
  keySet?.serverKeys.findLast(({ use, revoked }) => use === 'seal' && !revoked)

export const idOf = (event: AdmissionEvent): string =>
  event.kind === 'admission' ? event.request.id : event.resolution.id

/**
 * @param recipient the server's key of the moment
 * @param stampNow what the clock says of an event that has just happened
 * @param mono milliseconds that never jump
 */
export function createSeal(
  recipient: () => Recipient | undefined,
  stampNow: () => Stamp,
  mono: () => number = performance.now.bind(performance),
): Seal {
  let agreement: Agreement | undefined
  return async (event, stamp = stampNow()) => {
    const key = recipient()
    if (!key) throw new NoSealKey('no key to seal events for')
    if (agreement?.kid !== key.kid || agreement.left === 0 || mono() >= agreement.until) agreement = agree(key, mono())
    agreement.left--
    return { id: idOf(event), jwe: seal(agreement, Buffer.from(JSON.stringify({ v: 1, event, ...stamp }))) }
  }
}

/** One text on its own. */
export const sealFor = (recipient: Recipient, plain: Uint8Array): string => seal(agree(recipient, 0), plain)

/** The private half of our key of the moment is forgotten here. */
function agree({ kid, publicKey }: Recipient, now: number): Agreement {
  const ours = generateKeyPairSync('x25519')
  const secret = diffieHellman({ privateKey: ours.privateKey, publicKey: keyObject(publicKey) })
  const epk = { kty: 'OKP', crv: 'X25519', x: ours.publicKey.export({ format: 'jwk' }).x ?? '' } as const
  const header: SealHeader = { alg: 'ECDH-ES', enc: 'A256GCM', kid, epk }
  return {
    kid,
    header: Buffer.from(JSON.stringify(header)).toString('base64url'),
    key: createSecretKey(hash('sha256', keyDerivationInput(secret), 'buffer')),
    until: now + AGREED_FOR_MS,
    left: EVENTS,
  }
}

function seal({ header, key }: Agreement, plain: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(header, 'ascii'))
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return [header, '', ...[nonce, text, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.')
}

const keyObject = (x: string): KeyObject => createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' })
