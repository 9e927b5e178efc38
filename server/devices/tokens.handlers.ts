import { decodeProtectedHeader, jwtVerify } from 'jose'
import { api } from '../../contract/kiosk/api.ts'
import { TOKEN_LIVES } from '../../contract/kiosk/devices.ts'
import type { Replica } from '../db/change-feed.ts'
import type { Sql } from '../db/pool.ts'
import type { Handlers } from '../http/mount.ts'
import { RequestProblem } from '../http/problem.ts'
import { thumbprint } from '../keys/key-file.ts'
import { publicKeyObject, tokenSigner, type OwnKey } from '../keys/server-keys.ts'
import type { Signer } from '../keys/signed-document.ts'
import type { Device, DeviceKey, Devices } from './device.ts'
import { changeKey, findDeviceByKid } from './devices.store.ts'
import { AssertionClaims, AssertionHeader, wrongClaim } from './assertion.ts'
import { signAccessToken, useAssertion } from './tokens.store.ts'

export interface TokenEndpointParts {
  readonly sql: Sql
  readonly devices: Replica<Devices>
  readonly serverKeys: Replica<readonly OwnKey[]>
  readonly clock: () => Date
  /** addresses of this server, those it had before too */
  readonly origins: () => readonly string[]
}

interface Proven {
  readonly device: Device
  readonly key: DeviceKey
  readonly claims: AssertionClaims
}

/** The `aud` of assertions at a server of this address. */
export const audienceAt = (origin: string): string => origin + api.token.path

export function tokenHandlers(parts: TokenEndpointParts): Pick<Handlers<Device>, 'token' | 'rotateDeviceKey'> {
  const { sql, serverKeys, clock } = parts
  const signer = (): Signer => {
    const found = tokenSigner(serverKeys.current)
    if (!found) throw new RequestProblem('unavailable', [], { 'retry-after': '5' })
    return found
  }
  const granted = async (id: number, kid: string) => ({
    access_token: await signAccessToken({ id, kid }, signer(), clock()),
    token_type: 'Bearer' as const,
    expires_in: TOKEN_LIVES,
  })
  return {
    token: async ({ body, setHeaders }) => {
      const { device, key, claims } = await proven(body.client_assertion, parts)
      if (claims.next !== undefined) throw refused('next')
      // Said only to who has proven to be this device.
      if (device.state === 'revoked') throw new RequestProblem('device-revoked')
      if (device.state === 'pending') throw new RequestProblem('device-pending', [], { 'retry-after': '10' })
      setHeaders({ 'cache-control': 'no-store' })
      return granted(device.id, key.kid)
    },
    rotateDeviceKey: async ({ body, device, setHeaders }) => {
      const { device: asking, key, claims } = await proven(body.assertion, parts)
      if (asking.id !== device.id || claims.next === undefined || claims.next === key.publicKey) throw refused('next')
      if (!(await changeKey(sql, device.id, key.kid, claims.next))) throw refused('kid')
      setHeaders({ 'cache-control': 'no-store' })
      return granted(device.id, thumbprint(claims.next))
    },
  }
}

const refused = (field: string): RequestProblem =>
  new RequestProblem('invalid-client', [{ field, message: 'is not what it must be' }])

/** Who signed an assertion that is for us, of now, and new. @throws {RequestProblem} invalid-client */
async function proven(assertion: string, parts: TokenEndpointParts): Promise<Proven> {
  const { sql, devices, clock, origins } = parts
  const header = AssertionHeader.safeParse(headerOf(assertion))
  if (!header.success) throw refused('alg')
  const { kid } = header.data
  const device = devices.current.byKid.get(kid) ?? (await findDeviceByKid(sql, kid))
  if (!device?.key) throw refused('kid')
  const { key } = device
  // Times are looked at below, with what they are off by: a kiosk that was told the time tries again.
  const signed = await jwtVerify(assertion, publicKeyObject(key.publicKey, 'Ed25519'), {
    algorithms: ['EdDSA'],
    currentDate: new Date(0),
  }).catch(() => undefined)
  const claims = AssertionClaims.safeParse(signed?.payload)
  if (!claims.success) throw refused('client_assertion')
  const wrong = wrongClaim(claims.data, device, origins().map(audienceAt), clock().getTime() / 1000)
  if (wrong) throw refused(wrong)
  if (!(await useAssertion(sql, kid, claims.data.jti, claims.data.exp))) throw refused('jti')
  return { device, key, claims: claims.data }
}

function headerOf(assertion: string): unknown {
  try {
    return decodeProtectedHeader(assertion)
  } catch {
    return undefined
  }
}
