/**
 * A kiosk without its window, as a process of its own that can be killed: the same lines as under Electron from the reader
 * to the queue on disk; scans come and results go over the process channel. Its clock can be set wrong, as anybody can set
 * a device's; its queue may be given a small disk.
 */
import { assertNever } from '../../contract/assert-never.ts'
import fs from 'node:fs'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { createBackground } from '../../app/main/link/background.ts'
import { openBelongings } from '../../app/main/belongings.ts'
import { lackingOf } from '../../app/main/device/lacking.ts'
import { createEntries } from '../../app/main/scan/entries.ts'
import { createKiosk } from '../../app/main/scan/kiosk.ts'
import type { ReaderSignal } from '../../app/main/ports.ts'
import { readSettings } from '../../app/main/settings.ts'
import { createStatusBoard } from '../../app/main/window/status-board.ts'
import { createLog } from '../../app/main/log.ts'

const Order = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scan'), text: z.string() }),
  z.object({ kind: z.literal('waiting') }),
  /** the wall clock is set, milliseconds from what is true */
  z.object({ kind: z.literal('clock'), off: z.number() }),
])

const settings = readSettings(process.env)
fs.mkdirSync(settings.dataFolder, { recursive: true })
const log = createLog(settings.logLevel)
const tell = (message: unknown): void => void process.send?.(message)
const board = createStatusBoard(() => undefined)
let off = Number(process.env['FAULTS_CLOCK_OFF'] ?? 0)
const wall = (): number => Date.now() + off
const mostQueueBytes = Number(process.env['FAULTS_QUEUE_BYTES'] ?? 0)

const belongings = await openBelongings({
  settings,
  keyStore: undefined,
  log,
  board,
  wall,
  ...(mostQueueBytes > 0 ? { mostQueueBytes } : {}),
})
const { queue, clock } = belongings
let onSignal: ((signal: ReaderSignal) => void) | undefined
const background = createBackground({
  ...belongings,
  settings,
  log,
  board,
  version: '0.0.0',
  runtime: `Node ${process.versions.node}`,
  onKnowledge: () => kiosk.refresh(),
  onStanding: () => undefined,
})
const kiosk = createKiosk({
  server: background.server,
  queue,
  linkIsUp: () => background.link.isUp(),
  clock: () => new Date(wall()),
  time: clock,
  entries: createEntries(() => performance.now()),
  newId: () => uuidv7({ msecs: wall() }),
  onQueued: () => background.queued(),
  onAskingFailed: (error) => log.error({ error }, 'not asked'),
  onNotRecorded: (error) => {
    log.error({ error }, 'not recorded')
    tell({ kind: 'not-recorded' })
  },
  mode: () => 'self-service',
  knowledge: () => background.knowledge(),
  lacking: () => lackingOf(background.device.standing()),
  readers: [
    {
      kind: 'wedge',
      start: (listener) => {
        onSignal = listener
      },
      stop: () => undefined,
    },
  ],
  screen: {
    show: (state) => tell({ kind: 'shown', state: state.kind, ...('reason' in state ? { reason: state.reason } : {}) }),
  },
  turnstile: { open: () => tell({ kind: 'opened' }) },
  book: { noted: () => undefined, decided: () => undefined },
  log,
  onReader: () => undefined,
})
kiosk.start()
background.start()

process.on('message', (message) => {
  const order = Order.parse(message)
  switch (order.kind) {
    case 'scan':
      onSignal?.({ kind: 'scan', text: order.text })
      return
    case 'waiting': {
      const { count, dead } = queue.waiting()
      tell({ kind: 'waiting', count, dead, link: background.link.state().kind })
      return
    }
    case 'clock': {
      off = order.off
      return
    }
    default:
      return assertNever(order)
  }
})
process.on('disconnect', () => process.exit(0))
