/** Devices as tests, benches and stories need them: enrolled over HTTP as kiosks are, or put into the database ready to work. */
import { randomBytes, type KeyObject } from 'node:crypto'
import { SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose'
import { z } from 'zod'
import { ASSERTION_TYPE, EnrolReply, TokenReply } from '../../contract/kiosk/devices.ts'
import { api } from '../../contract/kiosk/api.ts'
import { readEnrolment } from '../../contract/kiosk/enrolment.ts'
import type { Sql } from '../db/pool.ts'
import { addDevice } from '../devices/devices.store.ts'
import { signAccessToken } from '../devices/tokens.store.ts'
import { newKeyPair, thumbprint } from '../keys/key-file.ts'
import { ensureTokenKey, loadServerKeys, tokenSigner } from '../keys/server-keys.ts'

export interface DeviceIdentity {
  readonly publicKey: string
  readonly kid: string
  readonly privateKey: KeyObject
}

export function newIdentity(): DeviceIdentity {
  const { publicKey, privateKey } = newKeyPair()
  return { publicKey, privateKey, kid: thumbprint(publicKey) }
}

/** An assertion as it should be, but for what is given. `now`: seconds since 1970 */
export function signAssertion(
  { kid, privateKey }: Pick<DeviceIdentity, 'kid' | 'privateKey'>,
  claims: JWTPayload & { readonly sub: string; readonly aud: string },
  { now = Math.floor(Date.now() / 1000), header = {} }: { now?: number; header?: Partial<JWTHeaderParameters> } = {},
): Promise<string> {
  const whole = { iss: claims.sub, jti: randomBytes(16).toString('base64url'), iat: now, exp: now + 60, ...claims }
  return new SignJWT(whole).setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid, ...header }).sign(privateKey)
}

export const tokenRequest = (assertion: string) => ({
  grant_type: 'client_credentials',
  client_assertion_type: ASSERTION_TYPE,
  client_assertion: assertion,
})

export interface EnrolledDevice extends DeviceIdentity, EnrolReply {
  /** Asks for a token, good for ten minutes. @param at where the server is now @throws where it is refused */
  token(at?: string): Promise<string>
}

/** As a kiosk does it. @param enrolment a typed code, or what its QR code says @throws where it is refused */
export async function enrolDevice(url: string, enrolment: string, identity = newIdentity()): Promise<EnrolledDevice> {
  const code = readEnrolment(enrolment)?.code ?? enrolment
  const asked = { code, publicKey: identity.publicKey, platform: 'test' }
  const reply = EnrolReply.parse(await posted(url + api.enrol.path, asked))
  return {
    ...identity,
    ...reply,
    async token(at = url) {
      const aud = at === url ? reply.audience : at + api.token.path
      const assertion = await signAssertion(identity, { sub: String(reply.device), aud })
      return TokenReply.parse(await posted(at + api.token.path, tokenRequest(assertion))).access_token
    },
  }
}

async function posted(url: string, value: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  })
  const body: unknown = await answer.json()
  if (answer.status === 200) return body
  const { code } = z.looseObject({ code: z.string() }).parse(body)
  throw new Error(`${new URL(url).pathname}: ${answer.status} ${code}`)
}

/** Years: a test may move its clock. */
const LIVES = 20 * 365 * 24 * 3600

/** Signs access tokens as a server with these private halves does. @param keys their folder */
export async function tokenMint(
  db: Sql,
  keys: string,
): Promise<(device: { readonly id: number; readonly kid: string }, lives?: number) => Promise<string>> {
  await ensureTokenKey(db, keys)
  const signer = tokenSigner(await loadServerKeys(db, keys))
  if (!signer) throw new Error('the key of tokens was made a moment ago')
  return (device, lives = LIVES) => signAccessToken(device, signer, new Date(), lives)
}

export interface WorkingDevice extends DeviceIdentity {
  readonly id: number
  readonly token: string
}

/** Approved, with a key, and a token that outlasts any test. */
export async function workingDevice(
  db: Sql,
  keys: string,
  accessPointId: number,
  name = 'Kiosk',
): Promise<WorkingDevice> {
  const identity = newIdentity()
  const { id } = await addDevice(db, { accessPointId, name, publicKey: identity.publicKey, approved: true })
  const mint = await tokenMint(db, keys)
  return { ...identity, id, token: await mint({ id, kid: identity.kid }) }
}
