/** The kiosk's main process: settings, one process a folder, window, readers, and the parts of a scan put together. */
import fs from 'node:fs'
import path from 'node:path'
import { app, Menu, powerSaveBlocker } from 'electron'
import { SerialPort } from 'serialport'
import { v7 as uuidv7 } from 'uuid'
import { createBackground } from './background.ts'
import { declareScheme, servePage } from './app-protocol.ts'
import { listenForDemoScans } from './demo-socket.ts'
import { createKiosk } from './kiosk.ts'
import { createLog } from './log.ts'
import { openBelongings } from './belongings.ts'
import { createEntries } from './entries.ts'
import { systemKeyStore } from './key-store.ts'
import { createSerial } from './readers/serial.ts'
import { createWedge } from './readers/wedge.ts'
import { rootKeysFrom } from './root-keys.ts'
import { selfTest } from './self-test.ts'
import { readSettings, type KioskSettings } from './settings.ts'
import { createStatusBoard } from './status-board.ts'
import { keepLoaded, openWindow } from './window.ts'
import { windowScreen } from './window-screen.ts'

declareScheme()
Menu.setApplicationMenu(null)

/** One sentence for people, and out. */
function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  app.exit(1)
  process.exit(1)
}

function prepare(): KioskSettings {
  try {
    const given = readSettings(process.env)
    const packed = path.join(import.meta.dirname, '../../resources/root-keys.json')
    const settings = { ...given, rootKeys: rootKeysFrom(given.rootKeys, packed) }
    fs.mkdirSync(settings.dataFolder, { recursive: true, mode: 0o700 })
    fs.accessSync(settings.dataFolder, fs.constants.W_OK)
    return settings
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}

const settings = prepare()
app.setPath('userData', path.join(settings.dataFolder, 'window'))
if (!app.requestSingleInstanceLock()) {
  refuse(
    `Another kiosk already works with the data folder ${settings.dataFolder}: stop it, or set DOPUSK_DATA to another folder.`,
  )
}
void app.whenReady().then(run)

async function run(): Promise<void> {
  const log = createLog(settings.logLevel)
  servePage(path.join(import.meta.dirname, '../renderer'))
  powerSaveBlocker.start('prevent-display-sleep')

  const window = openWindow({ language: settings.language, ...(settings.window ? { size: settings.window } : {}) })
  const screen = windowScreen(window, {
    onReady: () => log.info({ afterMs: Math.round(performance.now()) }, 'window ready'),
    onHung: () => log.error('the window hangs: restarting it'),
  })
  keepLoaded(window, (reason) => log.error({ reason }, 'the window’s process is gone: loading it again'))

  const failed = await selfTest()
  if (failed.length > 0) {
    log.error({ failed }, 'self-test')
    screen.show({ kind: 'fault', code: 'self-test' })
    return
  }

  const board = createStatusBoard((status) => screen.status(status))
  const belongings = await openBelongings({ settings, keyStore: await systemKeyStore(), log, board })
  const { queue } = belongings
  const background = createBackground({ ...belongings, settings, log, board, onKnowledge: () => kiosk.refresh() })
  const wedge = createWedge()
  wedge.attach(window.webContents)
  const serial = createSerial(
    SerialPort,
    { ports: settings.serialPorts.map((port) => ({ path: port })), find: true },
    (trouble) => log.warn({ trouble }, 'serial'),
  )
  const kiosk = createKiosk({
    server: background.server,
    queue,
    linkIsUp: () => background.link.isUp(),
    clock: () => new Date(),
    time: belongings.clock,
    entries: createEntries(() => performance.now()),
    newId: () => uuidv7(),
    onNotRecorded: (error) => {
      log.error({ error }, 'a visit could not be written to disk')
      board.notRecorded()
    },
    knowledge: () => background.knowledge(),
    readers: [wedge, serial],
    screen,
    turnstile: { open: () => undefined },
    log,
    onReader: (reader, signal) => board.reader(reader, signal),
    onQueued: () => {
      board.recorded()
      background.queued()
    },
  })
  kiosk.start()
  background.start()

  const demo = settings.demo
    ? listenForDemoScans(settings.dataFolder, window.webContents, (error) => log.warn({ error }, 'demo socket'))
    : undefined

  const stop = (): void => {
    demo?.close()
    kiosk.stop()
    background.stop()
    queue.close()
    app.exit(0)
  }
  app.on('window-all-closed', stop)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  log.info({ version: app.getVersion(), electron: process.versions.electron }, 'kiosk started')
}
