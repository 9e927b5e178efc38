export interface Device {
  readonly id: number
  readonly name: string
  readonly accessPointId: number
  readonly venueId: number
  /** moved to another access point: as its configuration counts it */
  readonly version: number
  /** struck off: it is told so, and nothing else */
  readonly revoked: boolean
}

/** By the SHA-256 of the token, in hex: the token itself is kept nowhere. */
export type Devices = ReadonlyMap<string, Device>

const BEARER = /^Bearer ([\w-]{20,100})$/i

/** The token in an Authorization header, or `undefined`. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : BEARER.exec(authorization)?.[1]
}
