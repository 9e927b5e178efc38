/** The only door between the window and the main process: runs sandboxed, hands the window nothing but `KioskApi` and `SetupApi`. */
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import type { SetupApi, SetupState } from './setup-api.ts'
import type { CameraChoice, DeskSheet, KioskApi, KioskStatus, Language, ScreenState } from './kiosk-api.ts'

/** Set by the main process through `webPreferences.additionalArguments`. */
function languageOf(argv: readonly string[]): Language {
  return argv.includes('--language=en') ? 'en' : 'ru'
}

interface Channels {
  readonly screen: ScreenState
  readonly status: KioskStatus
  readonly desk: DeskSheet
  readonly camera: CameraChoice
  readonly setup: SetupState
}

function listen<C extends keyof Channels>(channel: C, listener: (value: Channels[C]) => void): () => void {
  const onMessage = (_event: IpcRendererEvent, value: Channels[C]): void => listener(value)
  ipcRenderer.on(channel, onMessage)
  return () => ipcRenderer.off(channel, onMessage)
}

const kiosk: KioskApi = {
  onScreen: (listener) => listen('screen', listener),
  onStatus: (listener) => listen('status', listener),
  onDesk: (listener) => listen('desk', listener),
  ready: () => ipcRenderer.send('ready'),
  painted: (scan) => ipcRenderer.send('painted', scan),
  act: (scan, action) => ipcRenderer.send('act', scan, action),
  onCamera: (listener) => listen('camera', listener),
  camera: (report) => ipcRenderer.send('camera-report', report),
  hid: (report) => ipcRenderer.send('hid-report', report),
  language: languageOf(process.argv),
}

const kioskSetup: SetupApi = {
  onState: (listener) => listen('setup', listener),
  ask: (request) => ipcRenderer.invoke('setup', request),
}

contextBridge.exposeInMainWorld('kiosk', kiosk)
contextBridge.exposeInMainWorld('kioskSetup', kioskSetup)
