/**
 * A kiosk without its window, as a process of its own that can be killed: the same lines as under Electron from the reader
 * to the queue on disk; scans come and results go over the process channel.
 */
import fs from 'node:fs'
import path from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { createBackground } from '../../app/main/background.ts'
import { createKiosk } from '../../app/main/kiosk.ts'
import { openQueue } from '../../app/main/queue.ts'
import type { ReaderSignal } from '../../app/main/ports.ts'
import { readSettings } from '../../app/main/settings.ts'
import { createStatusBoard } from '../../app/main/status-board.ts'
import { createLog } from '../../app/main/log.ts'

const Order = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scan'), text: z.string() }),
  z.object({ kind: z.literal('waiting') }),
])

const settings = readSettings(process.env)
fs.mkdirSync(settings.dataFolder, { recursive: true })
const log = createLog(settings.logLevel)
const board = createStatusBoard(() => undefined)
const queue = openQueue(path.join(settings.dataFolder, 'queue.db'))
const tell = (message: unknown): void => void process.send?.(message)

let onSignal: ((signal: ReaderSignal) => void) | undefined
const background = createBackground({ settings, queue, log, board, onKnowledge: () => kiosk.refresh() })
const kiosk = createKiosk({
  server: background.server,
  queue,
  linkIsUp: () => background.link.isUp(),
  clock: () => new Date(),
  newId: () => uuidv7(),
  onQueued: () => background.queued(),
  onNotRecorded: (error) => log.error({ error }, 'not recorded'),
  mode: () => 'self-service',
  knowledge: () => background.knowledge(),
  readers: [
    {
      kind: 'wedge',
      start: (listener) => {
        onSignal = listener
      },
      stop: () => undefined,
    },
  ],
  screen: { show: (state) => tell({ kind: 'shown', state: state.kind }) },
  turnstile: { open: () => tell({ kind: 'opened' }) },
  book: { noted: () => undefined, decided: () => undefined },
  log,
  onReader: () => undefined,
})
kiosk.start()
background.start()

process.on('message', (message) => {
  const order = Order.parse(message)
  if (order.kind === 'scan') onSignal?.({ kind: 'scan', text: order.text })
  else tell({ kind: 'waiting', ...queue.waiting(), link: background.link.state().kind })
})
process.on('disconnect', () => process.exit(0))
