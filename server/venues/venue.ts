export interface Venue {
  readonly id: number
  /** Short, upper case; what phone passes are bound to. */
  readonly code: string
  readonly name: string
}

/** One place, one direction. */
export interface AccessPoint {
  readonly id: number
  readonly venue: Venue
  readonly name: string
  readonly direction: 'entry' | 'exit'
}

export interface Venues {
  readonly accessPoints: ReadonlyMap<number, AccessPoint>
  /** of an access point and its venue, as their devices' configuration counts them */
  readonly versions: ReadonlyMap<number, number>
}
