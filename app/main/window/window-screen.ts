import { ipcMain, type BrowserWindow, type IpcMainEvent } from 'electron'
import { z } from 'zod'
import { OverrideReason } from '../../../contract/kiosk/admission.ts'
import type { DeskSheet, KioskStatus, ScreenState, StaffAction } from '../../preload/kiosk-api.ts'
import { PAGE_ORIGIN } from './app-protocol.ts'
import type { Screen } from '../ports.ts'

const Painted = z.int().nonnegative()
const Act = z.tuple([
  z.int().positive(),
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('refuse') }),
    z.strictObject({ kind: z.literal('admit'), reason: OverrideReason.exactOptional() }),
  ]),
])
/** A result that is not on the glass by then means a hung window. */
const PAINTED_WITHIN_MS = 3000

export interface WindowScreen extends Screen {
  status(status: KioskStatus): void
  desk(sheet: DeskSheet): void
}

/** What the window tells. */
export interface WindowEvents {
  /** The page listens: at the start, and after each reload. */
  readonly onReady: () => void
  readonly onHung: () => void
  /** The employee touched an action beside the answer to a scan. */
  readonly onAct: (scan: number, action: StaffAction) => void
}

/** The screen port on a window: sends what to show, sends it again to a window that was reloaded, restarts one that hangs. */
export function windowScreen(window: BrowserWindow, { onReady, onHung, onAct }: WindowEvents): WindowScreen {
  let current: ScreenState = { kind: 'starting' }
  let status: KioskStatus | undefined
  let sheet: DeskSheet | undefined
  let watch: NodeJS.Timeout | undefined
  let listening = false

  const send = (channel: 'screen' | 'status' | 'desk', value: ScreenState | KioskStatus | DeskSheet): void => {
    if (listening && !window.isDestroyed()) window.webContents.send(channel, value)
  }
  const fromOurPage = (event: IpcMainEvent): boolean =>
    event.senderFrame === window.webContents.mainFrame && event.senderFrame.origin === PAGE_ORIGIN

  ipcMain.on('ready', (event) => {
    if (!fromOurPage(event)) return
    listening = true
    // the status first: it says how the screen is to be drawn
    if (status) send('status', status)
    if (sheet) send('desk', sheet)
    send('screen', current)
    onReady()
  })
  ipcMain.on('painted', (event, scan: unknown) => {
    if (fromOurPage(event) && Painted.safeParse(scan).success) clearTimeout(watch)
  })
  ipcMain.on('act', (event, ...told: unknown[]) => {
    const parsed = Act.safeParse(told)
    if (fromOurPage(event) && parsed.success) onAct(...parsed.data)
  })
  window.webContents.on('render-process-gone', () => (listening = false))

  return {
    show(state) {
      current = state
      send('screen', state)
      clearTimeout(watch)
      if (!('ms' in state) || !listening) return
      watch = setTimeout(() => {
        onHung()
        if (!window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
      }, PAINTED_WITHIN_MS)
    },
    status(next) {
      status = next
      send('status', next)
    },
    desk(next) {
      sheet = next
      send('desk', next)
    },
  }
}
