import type { Sql } from '../db/pool.ts'
import type { Handlers } from '../http/mount.ts'
import type { Device } from '../devices/device.ts'
import { alarmsOf, levelOf } from './alarms.ts'
import { keepHeartbeat } from './heartbeats.store.ts'

interface Parts {
  readonly sql: Sql
  readonly clock: () => Date
  /** version that kiosks should have */
  readonly kioskVersion: string
}

/** Seconds. */
const EVERY = 60

export function heartbeatHandlers({ sql, clock, kioskVersion }: Parts): Pick<Handlers<Device>, 'heartbeat'> {
  return {
    heartbeat: async ({ device, body }) => {
      const at = clock()
      const alarms = alarmsOf(body, at, kioskVersion)
      await keepHeartbeat(sql, { device: device.id, told: body, alarms, level: levelOf(alarms), at })
      return { rotateKey: device.rotationAsked, nextIn: EVERY }
    },
  }
}
