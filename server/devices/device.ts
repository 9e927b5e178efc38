export interface Device {
  readonly id: number
  readonly name: string
  readonly accessPointId: number
  readonly venueId: number
}

/** By the SHA-256 of the token, in hex: the token itself is kept nowhere. */
export type Devices = ReadonlyMap<string, Device>

const BEARER = /^Bearer ([\w-]{20,100})$/i

/** The token in an Authorization header, or `undefined`. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : BEARER.exec(authorization)?.[1]
}
