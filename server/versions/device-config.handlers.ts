import type { DeviceConfig } from '../../contract/kiosk/device-config.ts'
import { DOCUMENT_TYPES } from '../../contract/kiosk/keys.ts'
import type { Replica } from '../db/change-feed.ts'
import type { Handlers } from '../http/mount.ts'
import { RequestProblem } from '../http/problem.ts'
import { signDocument, type Signer } from '../keys/signed-document.ts'
import type { Rules } from '../venues/rules.store.ts'
import type { Venues } from '../venues/venue.ts'
import type { Device } from '../devices/device.ts'

export interface ConfigurationParts {
  readonly venues: Replica<Venues>
  readonly rules: Replica<Rules>
  /** of the deny list, and the version it came with */
  readonly listSalt: () => { readonly salt: Buffer; readonly version: number }
}

interface Parts extends ConfigurationParts {
  readonly clock: () => Date
  /** `undefined`: this machine has no key for it that kiosks know of */
  readonly configSigner: () => Signer | undefined
}

/** Parts of a configuration count in one sequence, so the largest of them grows whenever any of them changes. */
export function configurationVersion({ venues, rules, listSalt }: ConfigurationParts, device: Device): number {
  const place = venues.current.versions.get(device.accessPointId) ?? 0
  return Math.max(place, device.version, rules.current.version, listSalt().version)
}

export function deviceHandlers(parts: Parts): Pick<Handlers<Device>, 'deviceConfig'> {
  const { venues, rules, listSalt, clock, configSigner } = parts
  return {
    deviceConfig: async ({ device, setHeaders }) => {
      const point = venues.current.accessPoints.get(device.accessPointId)
      if (!point) throw new RequestProblem('not-found')
      const signer = configSigner()
      if (!signer) throw new RequestProblem('unavailable', [], { 'retry-after': '30' })
      const { id, venue, name, direction, own } = point
      const config: DeviceConfig = {
        version: configurationVersion(parts, device),
        issuedAt: clock().toISOString(),
        venue: { code: venue.code, name: venue.name },
        accessPoint: { id, name, direction },
        listSalt: listSalt().salt.toString('base64url'),
        rules: { ...rules.current.rules, ...own.rules },
        ...(own.mode !== undefined && { mode: own.mode }),
      }
      setHeaders({ 'cache-control': 'no-store' })
      return { jws: await signDocument(DOCUMENT_TYPES.config, config, signer) }
    },
  }
}
