import type { OwnRules } from './policy.ts'

export interface Venue {
  readonly id: number
  /** What phone passes are bound to; it never changes, whatever becomes of the poster's code. */
  readonly code: string
  readonly name: string
}

/** One place, one direction. */
export interface AccessPoint {
  readonly id: number
  readonly venue: Venue
  readonly name: string
  readonly direction: 'entry' | 'exit'
  /** on top of the region's rules */
  readonly own: OwnRules
}

export interface Venues {
  readonly accessPoints: ReadonlyMap<number, AccessPoint>
  /** of an access point and its venue, as their devices' configuration counts them */
  readonly versions: ReadonlyMap<number, number>
  /** the largest of all: what was read up to */
  readonly newest: number
}
