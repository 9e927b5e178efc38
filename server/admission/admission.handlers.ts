import type { Replica } from '../db/change-feed.ts'
import type { GroupCommit } from '../db/group-commit.ts'
import type { Restrictions } from '../deny-list/restriction.ts'
import type { Device } from '../devices/device.ts'
import type { Metrics } from '../http/metrics.ts'
import type { Handlers } from '../http/mount.ts'
import { RequestProblem } from '../http/problem.ts'
import type { Rules } from '../venues/rules.store.ts'
import type { AccessPoint, Venues } from '../venues/venue.ts'
import type { CheckPass, PassKeys } from '../keys/pass-cache.ts'
import type { Visit } from '../visits/visit.ts'
import { admissionNow } from './admission.ts'

export interface AdmissionParts {
  readonly venues: Replica<Venues>
  readonly restrictions: Replica<Restrictions>
  readonly rules: Replica<Rules>
  /** those in use at the moment */
  readonly passKeys: () => PassKeys
  readonly checkPass: CheckPass
  readonly recorder: GroupCommit<Visit, Visit>
  readonly metrics: Metrics
  readonly clock: () => Date
}

export function admissionHandlers(parts: AdmissionParts): Pick<Handlers<Device>, 'admit'> {
  const { venues, restrictions, rules, passKeys, checkPass, recorder, metrics, clock } = parts
  const counters = {
    granted: metrics.admissions.labels('granted'),
    denied: metrics.admissions.labels('denied'),
    check: metrics.admissions.labels('check'),
  }
  return {
    admit: async ({ device, body }) => {
      const point = ownAccessPoint(venues.current, device, body.accessPoint)
      if (!point)
        throw new RequestProblem('other-access-point', [{ field: 'accessPoint', message: 'not of your venue' }])
      const pass = checkPass(body.credential, passKeys())
      const now = clock().getTime()
      const facts = { device, point, pass, restrictions: restrictions.current, rules: rules.current.rules, now }
      const visit = admissionNow(body, facts)
      if (!visit)
        throw new RequestProblem('unreadable-credential', [{ field: 'credential', message: 'no pass of ours' }])
      // Asked again, perhaps with other facts by now: the first answer stands.
      const { decision } = await recorder.add(visit)
      counters[decision.outcome].inc()
      return decision
    },
  }
}

/** A device speaks for the access points of its venue only. */
export function ownAccessPoint(venues: Venues, device: Device, id: number): AccessPoint | undefined {
  const point = venues.accessPoints.get(id)
  return point?.venue.id === device.venueId ? point : undefined
}
