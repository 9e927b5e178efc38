import type { Versions } from '../../contract/kiosk/api.ts'
import type { Replica } from '../db/change-feed.ts'
import type { Device } from '../devices/device.ts'
import { configurationVersion, type ConfigurationParts } from './device-config.handlers.ts'
import { eventStreams, type EventStreams } from '../http/event-streams.ts'
import type { Handlers } from '../http/mount.ts'
import type { SignedKeySet } from '../keys/key-set.ts'
import type { DenyList } from '../deny-list/list-publishing.store.ts'

export interface VersionParts extends ConfigurationParts {
  readonly keySet: Replica<SignedKeySet | undefined>
  readonly newestList: Replica<DenyList>
  /** by id, revoked ones too */
  readonly deviceById: (id: number) => Device | undefined
}

/** The stream of versions: each device hears what is newest for it. `tell` when something may have changed. */
export function versionStreams(parts: VersionParts): EventStreams<Pick<Device, 'id'>> {
  const { keySet, newestList, deviceById } = parts
  return eventStreams('versions', ({ id }) => {
    const device = deviceById(id)
    if (device?.state !== 'active') return undefined
    const { epoch, version } = newestList.current
    const versions: Versions = {
      keys: keySet.current?.keySet.version ?? 0,
      config: configurationVersion(parts, device),
      denyList: { epoch, version },
    }
    return JSON.stringify(versions)
  })
}

interface Parts {
  readonly streams: EventStreams<Pick<Device, 'id'>>
  readonly replyHeaders: () => Record<string, string>
}

export function streamHandlers({ streams, replyHeaders }: Parts): Pick<Handlers<Device>, 'stream'> {
  return {
    stream: ({ exchange: { request, response }, device }) => {
      if (request.method === 'HEAD') response.writeHead(200, replyHeaders()).end()
      else streams.open(request, response, device, replyHeaders())
      return undefined
    },
  }
}
