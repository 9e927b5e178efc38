/** What a Participant settles for its doors, within what the region's rules leave open. */
import { z } from 'zod'
import { OpeningHours } from '../decide/hours.ts'
import { PassUse } from '../kiosk/keys.ts'
import { VenueVersion } from './venue.ts'

/** Minutes: longer than a day it would be a ban. */
const LONGEST_PASSBACK = 24 * 60

const Settled = z.strictObject({
  accepts: z
    .array(PassUse)
    .min(1, 'no-pass-kind')
    .refine((uses) => new Set(uses).size === uses.length, 'no-pass-kind')
    .readonly(),
  /** minutes within which the same pass is looked at by a person; 0: off */
  passbackMinutes: z.int().min(0).max(LONGEST_PASSBACK),
  /** what kind of doors; null: as each kiosk was set up */
  mode: z.enum(['desk', 'self-service', 'turnstile']).nullable(),
  /** with no list younger than 72 hours: a person looks, or nobody is let in by a code */
  withoutList: z.enum(['check', 'closed']),
  /** outside the opening hours: nothing changes, or a person looks */
  outsideHours: z.enum(['open', 'check']),
  /** null: not told */
  hours: OpeningHours.nullable(),
})
const hoursAreTold = ({ hours, outsideHours }: z.infer<typeof Settled>): boolean =>
  hours !== null || outsideHours === 'open'
const hoursNeeded = { path: ['hours'], error: 'hours-needed' }

export const VenuePolicy = Settled.refine(hoursAreTold, hoursNeeded).readonly().meta({ id: 'VenuePolicy' })
export type VenuePolicy = z.infer<typeof VenuePolicy>

/** As it was read, and as it is sent back: what somebody else changed meanwhile is not written over. */
export const ReadPolicy = Settled.extend({ version: VenueVersion }).refine(hoursAreTold, hoursNeeded).readonly()
export type ReadPolicy = z.infer<typeof ReadPolicy>

export const DEFAULT_POLICY: VenuePolicy = {
  accepts: PassUse.options,
  passbackMinutes: 0,
  mode: null,
  withoutList: 'check',
  outsideHours: 'open',
  hours: null,
}
