import type { DeviceConfig } from '../contract/device-config.ts'
import { DEFAULT_RULES } from '../contract/decide.ts'
import type { Replica } from '../db/change-feed.ts'
import type { Handlers } from '../http/mount.ts'
import { RequestProblem } from '../http/problem.ts'
import type { Venues } from '../venues/venue.ts'
import type { Device } from './device.ts'

interface Parts {
  readonly venues: Replica<Venues>
  /** of the deny list, base64url */
  readonly listSalt: string
}

export function deviceHandlers({ venues, listSalt }: Parts): Pick<Handlers<Device>, 'deviceConfig'> {
  return {
    deviceConfig: ({ device }) => {
      const point = venues.current.accessPoints.get(device.accessPointId)
      if (!point) throw new RequestProblem('not-found')
      const { id, venue, name, direction } = point
      const config: DeviceConfig = {
        version: venues.current.version,
        venue: { code: venue.code, name: venue.name },
        accessPoint: { id, name, direction },
        listSalt,
        rules: DEFAULT_RULES,
      }
      return config
    },
  }
}
