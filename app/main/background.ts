/** All that goes on beside the scans: the link, keeping knowledge current, and uploading what is queued. */
import path from 'node:path'
import { knowledgeFiles, type Knowledge } from './knowledge.ts'
import { createLink, type Link } from './link.ts'
import type { Log } from './log.ts'
import { Unreachable, type VisitQueue } from './ports.ts'
import { createServerClient, type CallOutcome, type ServerClient } from './server-client.ts'
import type { KioskSettings } from './settings.ts'
import type { StatusBoard } from './status-board.ts'
import { sync } from './sync.ts'
import { createUploader } from './uploader.ts'

const SYNC_EVERY_MS = 30_000

export interface BackgroundParts {
  readonly settings: Pick<KioskSettings, 'dataFolder' | 'serverUrl' | 'deviceToken' | 'uploadJitterMs'>
  readonly queue: VisitQueue
  readonly log: Log
  readonly board: StatusBoard
  /** the kiosk knows its place for the first time */
  readonly onKnowledge: () => void
}

export interface Background {
  readonly server: ServerClient
  readonly link: Link
  knowledge(): Knowledge | undefined
  /** An event was appended to the queue. */
  queued(): void
  start(): void
  stop(): void
}

export function createBackground({ settings, queue, log, board, onKnowledge }: BackgroundParts): Background {
  const files = knowledgeFiles(path.join(settings.dataFolder, 'knowledge'))
  let known = files.load()
  let timer: NodeJS.Timeout | undefined

  const server = createServerClient({ ...settings, onOutcome: (outcome) => onOutcome(outcome) })
  const link = createLink({
    probe: () => syncNow(),
    now: () => new Date(),
    onChange(state) {
      log.info({ link: state.kind }, 'link')
      board.link(state)
      if (state.kind === 'up') uploader.wake()
    },
  })
  const uploader = createUploader({
    queue,
    server,
    linkIsUp: () => link.isUp(),
    startJitterMs: settings.uploadJitterMs,
    onChange: () => board.waiting(queue.waiting().count),
    onError: (error) => log.error({ error }, 'upload'),
  })

  const onOutcome = (outcome: CallOutcome): void => {
    link[outcome]()
  }
  const syncNow = async (): Promise<void> => {
    const next = await sync(known, server, () => new Date())
    const before = known
    known = next
    board.knowledge(next)
    if (!before) onKnowledge()
    await files.save(next, before)
  }
  const syncQuietly = async (): Promise<void> => {
    try {
      await syncNow()
    } catch (error) {
      if (!(error instanceof Unreachable)) log.error({ error }, 'what the kiosk knows could not be kept')
    }
  }

  return {
    server,
    link,
    knowledge: () => known,
    queued() {
      board.waiting(queue.waiting().count)
      uploader.wake()
    },
    start() {
      if (known) board.knowledge(known)
      board.waiting(queue.waiting().count)
      void syncQuietly()
      timer = setInterval(() => void (link.isUp() && syncQuietly()), SYNC_EVERY_MS)
      if (queue.waiting().count > 0) uploader.wake()
    },
    stop() {
      clearInterval(timer)
      link.stop()
      uploader.stop()
    },
  }
}
