import { ipcMain, type BrowserWindow } from 'electron'
import { PAGE_ORIGIN } from './app-protocol.ts'
import type { HidLine } from '../readers/hid.ts'

/** What our own page says of scanners in HID POS mode. */
export const windowHid =
  (window: BrowserWindow): HidLine =>
  (onReport, onGone) => {
    ipcMain.on('hid-report', ({ senderFrame }, report: unknown) => {
      if (senderFrame === window.webContents.mainFrame && senderFrame.origin === PAGE_ORIGIN) onReport(report)
    })
    window.webContents.on('render-process-gone', onGone)
  }
