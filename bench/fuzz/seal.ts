/** Seals as a kiosk does, but at once and from given randomness, so that a case of a seed is the same each time. */
import { createCipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto'
import { CHAIN_START, chainText } from '../../contract/kiosk/admission.ts'
import type { ServerKey } from '../../contract/kiosk/keys.ts'
import type { Random } from './random.ts'

/** PKCS #8 around a raw X25519 key (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex')

const base64url = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** JWE compact: ECDH-ES (RFC 7518 §4.6) over X25519, A256GCM. */
export function sealed(
  { kid, publicKey }: Pick<ServerKey, 'kid' | 'publicKey'>,
  plain: unknown,
  random: Random,
): string {
  const own = createPrivateKey({ key: Buffer.concat([PKCS8, random.bytes(32)]), format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(own).export({ format: 'jwk' })
  const theirs = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: publicKey }, format: 'jwk' })
  const secret = diffieHellman({ privateKey: own, publicKey: theirs })
  const info = Buffer.concat([
    Buffer.from([0, 0, 0, 7]),
    Buffer.from('A256GCM'),
    Buffer.alloc(8),
    Buffer.from([0, 0, 1, 0]),
  ])
  const key = createHash('sha256')
    .update(Buffer.from([0, 0, 0, 1]))
    .update(secret)
    .update(info)
    .digest()
  const epk = { kty: 'OKP', crv: 'X25519', x }
  const head = base64url(JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', kid, epk }))
  const iv = random.bytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(head))
  const text = Buffer.concat([cipher.update(JSON.stringify(plain)), cipher.final()])
  return [head, '', base64url(iv), base64url(text), base64url(cipher.getAuthTag())].join('.')
}

/** The event at a place of a queue, chained to the start: the server looks, and takes what does not hold together too. */
export function sealedEvent(id: string, seq: number, jwe: string): unknown {
  const chain = createHash('sha256').update(chainText(CHAIN_START, { id, seq, jwe })).digest('hex')
  return { id, seq, chain, jwe }
}
