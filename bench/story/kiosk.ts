/** A kiosk as the server sees it: enrols with a key of its own, gets tokens with it, asks at the door. */
import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, SignJWT } from 'jose'
import { v7 } from 'uuid'
import type { AdmissionDecision } from '../../contract/kiosk/admission.ts'
import { api } from '../../contract/kiosk/api.ts'
import { DeviceConfig } from '../../contract/kiosk/device-config.ts'
import { ASSERTION_LIVES, ASSERTION_TYPE } from '../../contract/kiosk/devices.ts'
import { readEnrolment } from '../../contract/kiosk/enrolment.ts'
import { SignedDocument } from '../../contract/kiosk/keys.ts'
import { readDocument } from '../../server/keys/signed-document.ts'
import { browserAt } from './browser.ts'

export interface Kiosk {
  readonly device: number
  readonly state: 'active' | 'pending'
  /** @throws {Refused} while it is pending, or when it was struck off */
  signIn(): Promise<void>
  place(): Promise<DeviceConfig>
  beat(): Promise<void>
  scan(credential: string, accessPoint: number): Promise<AdmissionDecision>
}

/** @param text what the QR code on the owner's screen says */
export async function enrolledKiosk(text: string): Promise<Kiosk> {
  const enrolment = readEnrolment(text)
  if (!enrolment) throw new Error('the QR code is no enrolment')
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const line = browserAt(enrolment.server)
  const { code } = enrolment
  const enrolled = await line.call(api.enrol, { body: { code, publicKey: x, platform: 'linux x64' } })
  const { device, audience, state } = enrolled
  const kid = await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x })
  const startedAt = new Date().toISOString()
  return {
    device,
    state,
    async signIn() {
      const now = Math.floor(Date.now() / 1000)
      const assertion = await new SignJWT({ jti: randomUUID() })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid })
        .setIssuer(String(device))
        .setSubject(String(device))
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + ASSERTION_LIVES)
        .sign(createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })))
      const token = await line.call(api.token, {
        body: { grant_type: 'client_credentials', client_assertion_type: ASSERTION_TYPE, client_assertion: assertion },
      })
      line.bearer = token.access_token
    },
    place: async () => readDocument(SignedDocument.parse(await line.call(api.deviceConfig, {})).jws, DeviceConfig),
    async beat() {
      await line.call(api.heartbeat, {
        body: {
          seq: 1,
          startedAt,
          version: '0.1.0',
          runtime: 'story',
          mode: 'self-service',
          queue: { waiting: 0, dead: 0, fill: 0, last: 0 },
          unrecorded: 0,
          clock: { offset: 0, uncertainty: 5, trust: 'good' },
          readers: [{ kind: 'camera', name: 'Camera', live: true }],
          warnings: [],
        },
      })
    },
    scan: (credential, accessPoint) =>
      line.call(api.admit, { body: { id: v7(), accessPoint, credential, presentedAt: new Date().toISOString() } }),
  }
}
