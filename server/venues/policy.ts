import type { DecisionRules } from '../../contract/decide/decide.ts'
import type { DeviceConfig } from '../../contract/kiosk/device-config.ts'
import { DEFAULT_POLICY, VenuePolicy } from '../../contract/office/policy.ts'
import { PassUse } from '../../contract/kiosk/keys.ts'
import type { VenueState } from '../../contract/office/venue.ts'

/** Of Russia's clocks; minutes ahead of UTC. There has been no summer time since 2014. */
const UTC_OFFSETS: Readonly<Record<string, number>> = {
  'Europe/Kaliningrad': 120,
  'Europe/Moscow': 180,
  'Europe/Samara': 240,
  'Asia/Yekaterinburg': 300,
  'Asia/Omsk': 360,
  'Asia/Krasnoyarsk': 420,
  'Asia/Irkutsk': 480,
  'Asia/Yakutsk': 540,
  'Asia/Vladivostok': 600,
  'Asia/Magadan': 660,
  'Asia/Kamchatka': 720,
}

export const utcOffsetOf = (timezone: string): number => UTC_OFFSETS[timezone] ?? 180

/** What is stored, under the defaults: a setting added later has a value at once. Of what is none of ours, the defaults. */
export const policyOf = (stored: unknown, hours: unknown): VenuePolicy =>
  VenuePolicy.catch(DEFAULT_POLICY).parse({ ...DEFAULT_POLICY, ...(typeof stored === 'object' && stored), hours })

/** What holds at an access point, on top of the region's rules. */
export interface OwnRules {
  readonly rules: Pick<DecisionRules, 'open' | 'accepts' | 'withoutList' | 'hours'> & Partial<DecisionRules>
  readonly mode?: DeviceConfig['mode']
}

/**
 * A suspended or closed venue lets nobody in by a code; whoever is inside may leave by its exits, with whatever pass.
 * A passback time that the venue has not set is the region's.
 */
export function ownRules(
  { accepts, passbackMinutes, mode, withoutList, outsideHours, hours }: VenuePolicy,
  place: {
    readonly state: VenueState
    readonly direction: 'entry' | 'exit'
    readonly retired: boolean
    readonly timezone: string
  },
): OwnRules {
  const doors = mode === null ? {} : { mode }
  const passback = passbackMinutes > 0 ? { passback: passbackMinutes * 60 } : {}
  if (place.direction === 'exit') {
    const open = !place.retired
    return { rules: { ...passback, open, accepts: PassUse.options, withoutList: 'check', hours: null }, ...doors }
  }
  const open = !place.retired && place.state === 'active'
  const looked = outsideHours === 'check' && hours ? { utcOffset: utcOffsetOf(place.timezone), days: hours } : null
  return { rules: { ...passback, open, accepts, withoutList, hours: looked }, ...doors }
}
