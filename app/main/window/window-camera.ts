import { ipcMain, type BrowserWindow } from 'electron'
import type { CameraChoice } from '../../preload/kiosk-api.ts'
import { PAGE_ORIGIN } from './app-protocol.ts'
import type { CameraLine } from '../readers/camera.ts'

/** The camera's line to a window: it listens to our own page only, and tells a window that was reloaded its choice again. */
export function windowCamera(window: BrowserWindow): CameraLine {
  let choice: CameraChoice = { kind: 'off' }
  let listening = false
  const send = (): void => {
    if (listening && !window.isDestroyed()) window.webContents.send('camera', choice)
  }
  const isOurPage = (frame: Electron.WebFrameMain | null): boolean =>
    frame === window.webContents.mainFrame && frame.origin === PAGE_ORIGIN

  ipcMain.on('ready', ({ senderFrame }) => {
    if (!isOurPage(senderFrame)) return
    listening = true
    send()
  })
  return {
    choose(next) {
      choice = next
      send()
    },
    listen(onReport, onGone) {
      ipcMain.on('camera-report', ({ senderFrame }, report: unknown) => {
        if (isOurPage(senderFrame)) onReport(report)
      })
      window.webContents.on('render-process-gone', () => {
        listening = false
        onGone()
      })
    },
  }
}
