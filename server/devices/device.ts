export interface Device {
  readonly id: number
  readonly name: string
  readonly accessPointId: number
  readonly venueId: number
  /** moved to another access point: as its configuration counts it */
  readonly version: number
  /** revoked: struck off, it is told so and nothing else; pending: waits for a person's approval */
  readonly state: 'pending' | 'active' | 'revoked'
  /** of the one key that it signs with; struck off before devices had keys: none */
  readonly key: DeviceKey | undefined
  /** a person wants another key in it, and it has not made one since */
  readonly rotationAsked: boolean
}

export interface DeviceKey {
  /** RFC 7638 thumbprint */
  readonly kid: string
  /** raw Ed25519, base64url */
  readonly publicKey: string
}

export interface Devices {
  readonly byId: ReadonlyMap<number, Device>
  readonly byKid: ReadonlyMap<string, Device>
}
