/** The kiosk's main process: settings, one process a folder, window, readers, and the parts of a scan put together. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { app, Menu, powerSaveBlocker } from 'electron'
import { SerialPort } from 'serialport'
import { v7 as uuidv7 } from 'uuid'
import type { DeviceConfig } from '../../contract/kiosk/device-config.ts'
import type { SerialPortChoice } from '../preload/setup-api.ts'
import type { CameraChoice } from '../preload/kiosk-api.ts'
import { createBackground } from './link/background.ts'
import { declareScheme, servePage } from './window/app-protocol.ts'
import { listenForDemoScans } from './demo/demo-socket.ts'
import { createKiosk } from './scan/kiosk.ts'
import { openJournal } from './desk/journal-file.ts'
import { createLog } from './log.ts'
import type { Reader } from './ports.ts'
import { createCameraReader } from './readers/camera.ts'
import { createHidReader } from './readers/hid.ts'
import { openBelongings } from './belongings.ts'
import { lackingOf } from './device/lacking.ts'
import { createEntries } from './scan/entries.ts'
import { systemKeyStore } from './device/key-store.ts'
import { watchDevice } from './readers/device-watch.ts'
import { createSerial } from './readers/serial.ts'
import { createWedge } from './readers/wedge.ts'
import { rootKeysFrom } from './knowledge/root-keys.ts'
import { selfTest } from './device/self-test.ts'
import { readSettings, type KioskSettings } from './settings.ts'
import { DEFAULT_SETUP, readSetup, writeSetup } from './setup/setup-file.ts'
import { doorSetup, fixedMode, isBare, isFirstRun, portsRead } from './setup/door-setup.ts'
import { foundPorts } from './setup/found-ports.ts'
import { replaceable, switched } from './setup/reader-switch.ts'
import { createSetup } from './setup/setup.ts'
import { windowSetup } from './setup/window-setup.ts'
import { listenForStaffKeys } from './desk/staff-keys.ts'
import { createStatusBoard } from './window/status-board.ts'
import { untilItWorks } from './until-it-works.ts'
import { keepLoaded, openWindow } from './window/window.ts'
import { windowCamera } from './window/window-camera.ts'
import { windowHid } from './window/window-hid.ts'
import { windowScreen } from './window/window-screen.ts'

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
const log = createLog(settings.logLevel)
app
  .whenReady()
  .then(run)
  .catch((error: unknown) => {
    log.error({ error }, 'the start failed')
    // whoever started it starts it again: a window that goes on without a kiosk behind it would say nothing for ever
    refuse('The kiosk could not start. The line above says why.')
  })

async function run(): Promise<void> {
  servePage(path.join(import.meta.dirname, '../renderer'))
  powerSaveBlocker.start('prevent-display-sleep')

  const setupFile = path.join(settings.dataFolder, 'setup.json')
  let chosen = readSetup(setupFile)
  let wanted: DeviceConfig['mode']
  let door = doorSetup(settings, chosen)
  const window = openWindow({
    language: door.language,
    onHidByMaker: () => log.info('this Electron does not say what a HID device is: scanners are known by their makers'),
    ...(settings.window ? { size: settings.window } : {}),
  })
  const screen = windowScreen(window, {
    onReady: () => log.info({ afterMs: Math.round(performance.now()) }, 'window ready'),
    onHung: () => log.error('the window hangs: restarting it'),
    onAct: (scan, action) => kiosk.act(action, { scan }),
  })
  keepLoaded(window, (reason) => log.error({ reason }, 'the window’s process is gone: loading it again'))

  // from here on: a start that waits for its disk, or has failed its self-test, can be ended like any other
  let stop = (): Promise<void> => Promise.resolve()
  const leave = (): void => void stop().finally(() => app.exit(0))
  app.on('window-all-closed', leave)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, leave)

  const board = createStatusBoard((status) => screen.status(status))
  board.setup(door)

  const failed = await selfTest()
  if (failed.length > 0) {
    log.error({ failed }, 'self-test')
    screen.show({ kind: 'fault', code: 'self-test' })
    return
  }

  const belongings = await untilItWorks(
    async () => openBelongings({ settings, keyStore: await systemKeyStore(), log, board }),
    (error) => {
      log.error({ error }, 'the kiosk’s folder cannot be opened: trying again')
      screen.show({ kind: 'fault', code: 'internal' })
    },
  )
  const { queue } = belongings
  const background = createBackground({
    ...belongings,
    settings,
    log,
    board,
    version: app.getVersion(),
    runtime: `Electron ${process.versions.electron}, Node ${process.versions.node}, ${os.platform()} ${os.release()}`,
    onKnowledge: () => kiosk.refresh(),
    onMode(mode) {
      if (mode === wanted) return
      wanted = mode
      door = doorSetup(settings, chosen, wanted)
      board.setup(door)
      setup.modeFixed()
      kiosk.refresh()
    },
    onStanding(standing) {
      setup.standing(standing)
      if (!background.knowledge()) kiosk.refresh()
    },
  })
  const wedge = createWedge()
  wedge.attach(window.webContents)
  wedge.expectPrefix(door.prefixes.wedge)
  const readSerial = (ports: readonly SerialPortChoice[]): Reader =>
    createSerial(SerialPort, { ports, find: true, watch: watchDevice }, (trouble) => log.warn({ trouble }, 'serial'))
  let serialPorts = door.serialPorts
  const serial = replaceable(readSerial(serialPorts))
  const usePorts = (ports: readonly SerialPortChoice[]): void => {
    if (JSON.stringify(ports) === JSON.stringify(serialPorts)) return
    serialPorts = ports
    board.forgetReaders('serial')
    serial.replace(readSerial(ports))
  }
  const book = openJournal(path.join(settings.dataFolder, 'desk.json'), {
    clock: () => new Date(),
    onChange: (sheet) => screen.desk(sheet),
    onError: (error) => log.warn({ error }, 'the numbers of the day could not be kept'),
  })
  screen.desk(book.sheet())
  const camera = createCameraReader(windowCamera(window), door.camera, (trouble) => log.warn({ trouble }, 'camera'))
  const useCamera = (choice: CameraChoice): void => {
    // one that is not wanted is not missed
    if (choice.kind === 'off') board.forgetReaders('camera')
    camera.choose(choice)
  }
  const hid = createHidReader(windowHid(window), (trouble) => log.warn({ trouble }, 'hid'))
  const setup = createSetup({
    firstRun: isFirstRun(settings, chosen) || isBare(settings, chosen, background.device.standing()),
    device: background.device,
    server: settings.serverUrl,
    bringsCode: settings.enrolment !== undefined,
    current: () => chosen ?? { ...DEFAULT_SETUP, language: door.language },
    async write(next) {
      await writeSetup(setupFile, next)
      chosen = next
    },
    apply() {
      door = doorSetup(settings, chosen, wanted)
      board.setup(door)
      wedge.expectPrefix(door.prefixes.wedge)
      useCamera(door.camera)
      usePorts(door.serialPorts)
      kiosk.refresh()
    },
    tryPorts: (ports) => usePorts(portsRead(settings, ports)),
    tryCamera: (choice) => useCamera(settings.camera ?? choice),
    language: () => door.language,
    fixedMode: () => fixedMode(settings, wanted),
    listPorts: () => foundPorts(() => SerialPort.list()),
    wedge,
    onReader: (reader, signal) => board.reader(reader, signal),
    tell: (state) => setupLine.tell(state),
    onError: (error) => log.error({ error }, 'set-up could not be kept'),
    now: () => Date.now(),
  })
  const setupLine = windowSetup(window, (request) => setup.ask(request))
  const kiosk = createKiosk({
    mode: () => door.mode,
    server: background.server,
    queue,
    linkIsUp: () => background.link.isUp(),
    clock: () => new Date(),
    time: belongings.clock,
    entries: createEntries(() => performance.now()),
    newId: () => uuidv7(),
    onAskingFailed: (error) => log.error({ error }, 'the server could not be asked'),
    onNotRecorded: (error) => {
      log.error({ error }, 'a visit could not be written to disk')
      board.notRecorded()
    },
    knowledge: () => background.knowledge(),
    lacking: () => lackingOf(background.device.standing()),
    readers: [wedge, serial, camera, hid].map((reader) =>
      switched(reader, setup, () => (reader.kind === 'camera' ? '' : door.prefixes[reader.kind])),
    ),
    screen,
    turnstile: { open: () => undefined },
    book,
    log,
    onReader: (reader, signal) => board.reader(reader, signal),
    onQueued: () => {
      board.recorded()
      background.queued()
    },
  })
  // behind the wizard, or the question for its PIN, nobody sees what they would decide
  listenForStaffKeys(window.webContents, ({ action, at }) => {
    if (!setup.isShown()) kiosk.act(action, { at })
  })
  kiosk.start()
  setup.start()
  background.start()

  const demo = settings.demo
    ? listenForDemoScans(settings.dataFolder, window.webContents, (error) => log.warn({ error }, 'demo socket'))
    : undefined

  stop = async () => {
    demo?.close()
    setup.stop()
    await kiosk.stop()
    background.stop()
    queue.close()
    await book.close()
  }
  log.info({ version: app.getVersion(), electron: process.versions.electron }, 'kiosk started')
}
