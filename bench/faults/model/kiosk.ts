/** A kiosk of the product's own parts on a model's disk, network and time; a planted fault changes one of the parts. */
import { v7 as uuidv7 } from 'uuid'
import { admit, type Admission } from '../../../app/main/scan/admit.ts'
import {
  firstClock,
  keepable,
  looked,
  notBefore,
  replied,
  timeAt,
  trustAt,
  type ClockState,
  type Reading,
} from '../../../app/main/time/clock.ts'
import { createEntries } from '../../../app/main/scan/entries.ts'
import { knowledgeOf, type Held } from '../../../app/main/knowledge/knowledge.ts'
import type { KioskTime } from '../../../app/main/time/kiosk-time.ts'
import { Unreachable, type AdmissionServer, type VisitQueue } from '../../../app/main/ports.ts'
import { rootSigners } from '../../../app/main/knowledge/signed-document.ts'
import {
  isLeaseOver,
  syncConfig,
  syncDenyList,
  syncKeys,
  withoutList,
  type SyncParts,
  type SyncStep,
} from '../../../app/main/knowledge/sync.ts'
import { createUploader } from '../../../app/main/queue/uploader.ts'
import { modelQueue, type ModelDisk } from './disk.ts'
import type { ModelServer } from './server.ts'

/** What a fault may change; each gets the good part and returns what stands in for it. */
export interface Plant {
  readonly queue?: (queue: VisitQueue, disk: ModelDisk) => VisitQueue
  readonly server?: (server: AdmissionServer) => AdmissionServer
  readonly time?: (time: KioskTime, read: () => Reading) => KioskTime
  readonly steps?: (steps: readonly SyncStep[]) => readonly SyncStep[]
  readonly isLeaseOver?: typeof isLeaseOver
  /** what is on disk when the kiosk starts */
  readonly disk?: (disk: ModelDisk) => void
}

export interface ModelKiosk {
  held(): Held
  time(): Date
  scan(text: string): Promise<Admission | undefined>
  sync(): Promise<void>
  linkIs(up: boolean): void
  wakeUploads(): void
  /** time has passed: what timers would do */
  look(): void
  stop(): void
}

export interface ModelKioskParts {
  readonly disk: ModelDisk
  readonly server: ModelServer
  readonly rootKey: string
  readonly read: () => Reading
  readonly trueTime: () => number
  readonly plant: Plant
}

const ALL: readonly SyncStep[] = [syncKeys, syncConfig, syncDenyList]

export function modelKiosk({ disk, server, rootKey, read, trueTime, plant }: ModelKioskParts): ModelKiosk {
  plant.disk?.(disk)
  const queue = plant.queue?.(modelQueue(disk), disk) ?? modelQueue(disk)
  let clock: ClockState = firstClock(read(), disk.clock)
  let up = true
  const look = (): Reading => {
    const reading = read()
    clock = looked(clock, reading)
    return reading
  }
  const goodTime: KioskTime = { now: () => new Date(timeAt(clock, look())), trust: () => trustAt(clock, look()) }
  const time = plant.time?.(goodTime, read) ?? goodTime
  const isOver = plant.isLeaseOver ?? isLeaseOver
  const answered = (): void => {
    up = true
    const reading = read()
    clock = replied(clock, reading, reading, trueTime())
    disk.clock = keepable(clock, reading)
  }
  const called = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      const reply = await call()
      answered()
      return reply
    } catch (error) {
      if (error instanceof Unreachable) up = false
      throw error
    }
  }
  const there: AdmissionServer = {
    decide: (request, patience) => called(() => server.decide(request, patience)),
    record: (of, events) => called(() => server.record(of, events)),
  }
  const asked = plant.server?.(there) ?? there
  const entries = createEntries(() => read().mono)
  const uploader = createUploader({
    queue,
    server: asked,
    linkIsUp: () => up,
    startJitterMs: 10_000,
    random: () => 0.5,
    onChange: () => undefined,
    onError: (error) => {
      throw error
    },
  })
  const parts: SyncParts = {
    source: {
      keySet: () => called(server.source.keySet),
      deviceConfig: () => called(server.source.deviceConfig),
      denyListManifest: () => called(server.source.denyListManifest),
      denyListSnapshot: (epoch, version) => called(() => server.source.denyListSnapshot(epoch, version)),
      denyListDelta: (epoch, from, to) => called(() => server.source.denyListDelta(epoch, from, to)),
    },
    roots: rootSigners([rootKey]),
    now: time.now,
    onRefused: () => undefined,
    onSigned: (at) => {
      clock = notBefore(clock, at.getTime())
    },
  }
  const steps = plant.steps?.(ALL) ?? ALL
  const endLease = (): void => {
    if (isOver(disk.held, time.now())) disk.held = withoutList(disk.held)
  }

  return {
    held: () => disk.held,
    time: time.now,
    async scan(text) {
      const knowledge = knowledgeOf(disk.held)
      if (!knowledge) return undefined
      return admit(text, knowledge, {
        server: asked,
        queue,
        linkIsUp: () => up,
        clock: () => new Date(read().wall),
        time,
        entries,
        newId: () => uuidv7(),
        onQueued: () => uploader.wake(),
        onAskingFailed: (error) => {
          throw error
        },
        onNotRecorded: () => undefined,
      })
    },
    async sync() {
      try {
        for (const step of steps) disk.held = await step(disk.held, parts)
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
      }
    },
    linkIs(is) {
      up = is
    },
    wakeUploads: () => uploader.wake(),
    look() {
      const reading = look()
      disk.clock = keepable(clock, reading)
      endLease()
    },
    stop: () => uploader.stop(),
  }
}
