/** All that goes on beside the scans: the link, the stream, keeping knowledge current, and uploading what is queued. */
import type { DeviceStanding } from '../../preload/setup-api.ts'
import type { DeviceConfig } from '../../../contract/kiosk/device-config.ts'
import type { Belongings } from '../belongings.ts'
import { createDevice, type Device } from '../device/device.ts'
import { createFollow } from '../knowledge/follow.ts'
import { createHeartbeat } from './heartbeat.ts'
import { createLink, type Link } from './link.ts'
import type { Log } from '../log.ts'
import { createServerClient, type CallOutcome, type ServerClient } from './server-client.ts'
import type { KioskSettings } from '../settings.ts'
import { rootSigners } from '../knowledge/signed-document.ts'
import type { StatusBoard } from '../window/status-board.ts'
import { createStream } from './stream.ts'
import { createUploader } from '../queue/uploader.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'

/** The floor: changes come by the stream. */
const POLL_WITH_STREAM_MS = 300_000
const POLL_WITHOUT_MS = 30_000

export interface BackgroundParts extends Belongings {
  readonly settings: Pick<KioskSettings, 'dataFolder' | 'serverUrl' | 'enrolment' | 'rootKeys' | 'uploadJitterMs'>
  /** of this program, and of what it runs on */
  readonly version: string
  readonly runtime: string
  readonly log: Log
  readonly board: StatusBoard
  /** the kiosk knows its place for the first time, or not any more */
  readonly onKnowledge: () => void
  /** what kind of door the Participant wants; `undefined`: as it was set up */
  readonly onMode?: (mode: DeviceConfig['mode']) => void
  readonly onStanding: (standing: DeviceStanding) => void
}

export interface Background {
  readonly server: ServerClient
  readonly link: Link
  readonly device: Device
  knowledge(): Knowledge | undefined
  /** An event was appended to the queue. */
  queued(): void
  start(): void
  stop(): void
}

export function createBackground(parts: BackgroundParts): Background {
  const { settings, clock, known, queue, log, board, onKnowledge } = parts
  let streamIsOpen = false
  let stopped = false
  let knewItsPlace = known.knowledge() !== undefined

  const device = createDevice({
    file: parts.credential,
    serverUrl: settings.serverUrl,
    enrolment: settings.enrolment,
    packedRoots: settings.rootKeys,
    client: () => server,
    now: clock.now,
    mono: () => clock.read().mono,
    log,
    onStanding: parts.onStanding,
    onWorking() {
      heartbeat.wake()
      stream.wake()
      if (!link.isUp() || !known.knowledge()) void follow.sync().catch(() => undefined)
    },
    onRevoked() {
      log.error('the server has struck this device off: what it knows is wiped')
      known.wipe()
      changed()
    },
    onIssuer(issuer) {
      if (!known.belongTo(issuer)) return
      log.warn('let in by another server: what the one before it said is dropped')
      follow.anew()
      stream.again()
      changed()
    },
  })
  const server = createServerClient({
    access: () => device.access,
    read: clock.read,
    onOutcome: (outcome) => onOutcome(outcome),
    onReply({ sent, serverTime, denyList }) {
      if (serverTime !== undefined) clock.replied(sent, serverTime)
      if (denyList) follow.newestList(denyList)
    },
    onRevoked: () => device.revoked(),
  })
  const link = createLink({
    // The configuration first: it takes our credential, and the key set would be given to anybody.
    probe: async () => {
      await server.deviceConfig()
      await follow.sync()
    },
    now: () => new Date(),
    onChange(state) {
      log.info({ link: state.kind }, 'link')
      board.link(state)
      if (state.kind !== 'up') return
      uploader.wake()
      stream.wake()
    },
  })
  const changed = (): void => {
    const knowledge = known.knowledge()
    board.knowledge(knowledge)
    parts.onMode?.(knowledge?.config.mode)
    if (knewItsPlace !== (knowledge !== undefined)) onKnowledge()
    knewItsPlace = knowledge !== undefined
    takeOver()
  }
  const follow = createFollow({
    known,
    source: server,
    roots: (kid) => rootSigners(device.roots())(kid),
    clock,
    log,
    warn: (warning, holds) => board.warn(warning, holds),
    onChange: changed,
    linkIsUp: () => link.isUp(),
    pollEveryMs: () => (streamIsOpen ? POLL_WITH_STREAM_MS : POLL_WITHOUT_MS),
  })
  const stream = createStream({
    access: device.access,
    onVersions: (versions) => follow.versions(versions),
    onOpen() {
      streamIsOpen = true
    },
    onCut() {
      streamIsOpen = false
      link.failed()
    },
    // Only a call tells why: struck off, or all is well and something between us and the server lets no stream through.
    onRefused: () => void server.deviceConfig().catch(() => undefined),
  })
  const uploader = createUploader({
    queue,
    server,
    linkIsUp: () => link.isUp(),
    startJitterMs: settings.uploadJitterMs,
    onChange: () => board.waiting(queue.waiting()),
    onError: (error) => log.error({ error }, 'upload'),
  })
  const heartbeat = createHeartbeat({
    version: parts.version,
    runtime: parts.runtime,
    dataFolder: settings.dataFolder,
    status: board.status,
    queue: () => queue.waiting(),
    held: known.held,
    clock,
    isWorking: () => device.access.now() !== undefined,
    send: (told) => server.heartbeat(told),
    onReply({ rotateKey }) {
      if (rotateKey) device.rotateKey().catch((error: unknown) => log.warn({ error }, 'no other key yet'))
    },
    onError: (error) => log.error({ error }, 'heartbeat'),
  })
  const onOutcome = (outcome: CallOutcome): void => {
    link[outcome]()
  }
  /** Rows of the first version wait for a key to be sealed for. */
  const takeOver = (): void => {
    queue
      .takeOver()
      .catch((error: unknown) => log.error({ error }, 'older rows of the queue could not be taken over'))
      .finally(() => {
        if (!stopped) board.waiting(queue.waiting())
      })
  }

  return {
    server,
    link,
    device,
    knowledge: known.knowledge,
    queued() {
      board.waiting(queue.waiting())
      uploader.wake()
    },
    start() {
      clock.start()
      changed()
      device.start()
      follow.start()
      stream.start()
      heartbeat.start()
      if (queue.waiting().count > 0) uploader.wake()
    },
    stop() {
      stopped = true
      clock.stop()
      follow.stop()
      stream.stop()
      link.stop()
      uploader.stop()
      heartbeat.stop()
      device.stop()
    },
  }
}
