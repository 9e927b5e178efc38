/** Access tokens: JWT (RFC 9068) signed by a server's own key. One seen before is checked without any cryptography. */
import { jwtVerify, SignJWT, type JWTHeaderParameters } from 'jose'
import { z } from 'zod'
import { TOKEN_LIVES } from '../../contract/kiosk/devices.ts'
import type { Replica } from '../db/change-feed.ts'
import type { Sql } from '../db/pool.ts'
import { publicKeyObject, type OwnKey } from '../keys/server-keys.ts'
import type { Signer } from '../keys/signed-document.ts'
import type { Device, Devices } from './device.ts'

const TYPE = 'at+jwt'
const ISSUER = 'dopusk'

/** @param lives seconds */
export function signAccessToken(
  { id, kid }: { readonly id: number; readonly kid: string },
  signer: Signer,
  now: Date,
  lives = TOKEN_LIVES,
): Promise<string> {
  const issued = Math.floor(now.getTime() / 1000)
  return new SignJWT({ cnf: { jkt: kid } })
    .setProtectedHeader({ alg: 'EdDSA', typ: TYPE, kid: signer.kid })
    .setIssuer(ISSUER)
    .setAudience(ISSUER)
    .setSubject(String(id))
    .setIssuedAt(issued)
    .setExpirationTime(issued + lives)
    .sign(signer.privateKey)
}

const Claims = z.object({
  sub: z.string().regex(/^\d{1,10}$/),
  exp: z.int(),
  cnf: z.strictObject({ jkt: z.string() }),
})

interface Seen {
  readonly device: number
  /** of the key that the token was given for: another key ends it */
  readonly kid: string
  /** ms since 1970 */
  readonly until: number
}

/** Tokens remembered in each of two generations, about 0.6 KB each: a token of every kiosk and the one before. */
const REMEMBERED = 40_000

export interface TokenParts {
  readonly devices: Replica<Devices>
  readonly serverKeys: Replica<readonly OwnKey[]>
  readonly clock: () => Date
}

/** The device that a request's Authorization header names, revoked or not: at once where the token was seen before. */
export type DeviceOf = (authorization: string | undefined) => Device | undefined | Promise<Device | undefined>

const BEARER = /^Bearer ([\w-]{10,400}\.[\w-]{10,1200}\.[\w-]{86})$/i

export function tokenCheck({ devices, serverKeys, clock }: TokenParts): DeviceOf {
  let keys = serverKeys.current
  let young = new Map<string, Seen>()
  let old = new Map<string, Seen>()
  const deviceBehind = ({ device, kid, until }: Seen): Device | undefined => {
    const found = devices.current.byId.get(device)
    return found?.key?.kid === kid && until > clock().getTime() ? found : undefined
  }
  const remember = (authorization: string, seen: Seen): void => {
    if (young.size >= REMEMBERED) {
      old = young
      young = new Map()
    }
    young.set(authorization, seen)
  }
  const checked = async (authorization: string): Promise<Device | undefined> => {
    const token = BEARER.exec(authorization)?.[1]
    const seen = token === undefined ? undefined : await opened(token, keys, clock())
    if (!seen) return undefined
    remember(authorization, seen)
    return deviceBehind(seen)
  }
  return (authorization) => {
    if (authorization === undefined) return undefined
    // A key was revoked, perhaps: nothing that it signed is good any more.
    if (keys !== serverKeys.current) {
      keys = serverKeys.current
      young = new Map()
      old = new Map()
    }
    const seen = young.get(authorization)
    if (seen) return deviceBehind(seen)
    const older = old.get(authorization)
    if (!older) return checked(authorization)
    remember(authorization, older)
    return deviceBehind(older)
  }
}

async function opened(token: string, keys: readonly OwnKey[], now: Date): Promise<Seen | undefined> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }: JWTHeaderParameters) => tokenKey(kid, keys), {
      algorithms: ['EdDSA'],
      typ: TYPE,
      issuer: ISSUER,
      audience: ISSUER,
      currentDate: now,
    })
    const { sub, exp, cnf } = Claims.parse(payload)
    return { device: Number(sub), kid: cnf.jkt, until: exp * 1000 }
  } catch {
    return undefined
  }
}

function tokenKey(kid: string | undefined, keys: readonly OwnKey[]) {
  const key = keys.find((one) => one.use === 'token' && one.kid === kid && !one.revoked)
  if (!key) throw new Error('no such key')
  return publicKeyObject(key.publicKey, 'Ed25519')
}

/** Notes an assertion as used. @returns whether it was new, on all server processes @param expiresAt seconds since 1970 */
export async function useAssertion(db: Sql, kid: string, jti: string, expiresAt: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('used_assertions')
    .values({ kid, jti, expires_at: new Date(expiresAt * 1000) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows > 0n
}

/** Those that would not be taken for their age any more. */
export async function forgetAssertions(db: Sql, before: Date): Promise<void> {
  await db.deleteFrom('used_assertions').where('expires_at', '<', before).execute()
}
