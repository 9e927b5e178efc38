import { ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import type { SetupAnswer, SetupRequest, SetupState } from '../../preload/setup-api.ts'
import { PAGE_ORIGIN } from '../window/app-protocol.ts'
import { SetupRequestSchema } from './setup-request.ts'

/** Ctrl+Alt+S by physical key, held as long as a finger holds a key, ms: no scanner presses that. */
const OPEN_KEY = 'KeyS'
const FINGER_HOLDS = 40

export interface WindowSetup {
  tell(state: SetupState): void
}

/** Set-up's line to a window: listens to our own page only, and tells a window that was reloaded its state again. */
export function windowSetup(
  window: BrowserWindow,
  onRequest: (request: SetupRequest) => Promise<SetupAnswer>,
): WindowSetup {
  let state: SetupState | undefined
  let listening = false
  let pressedAt: number | undefined
  const send = (): void => {
    if (listening && state && !window.isDestroyed()) window.webContents.send('setup', state)
  }
  const isOurPage = ({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean =>
    senderFrame === window.webContents.mainFrame && senderFrame.origin === PAGE_ORIGIN

  ipcMain.on('ready', (event) => {
    if (!isOurPage(event)) return
    listening = true
    send()
  })
  window.webContents.on('render-process-gone', () => {
    listening = false
    void onRequest({ kind: 'listen', as: 'choosing' })
  })
  ipcMain.handle('setup', async (event, message: unknown): Promise<SetupAnswer> => {
    const request = SetupRequestSchema.safeParse(message)
    return isOurPage(event) && request.success ? onRequest(request.data) : 'refused'
  })
  window.webContents.on('before-input-event', (_event, { type, code, control, alt, isAutoRepeat }) => {
    if (code !== OPEN_KEY || isAutoRepeat) return
    if (type === 'keyDown') pressedAt = control && alt ? performance.now() : undefined
    else if (pressedAt !== undefined && performance.now() - pressedAt >= FINGER_HOLDS) void onRequest({ kind: 'open' })
  })
  return {
    tell(next) {
      state = next
      send()
    },
  }
}
