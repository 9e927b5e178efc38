import path from 'node:path'
import { BrowserWindow, screen, type WebContents } from 'electron'
import type { Language } from '../../preload/kiosk-api.ts'
import { PAGE_ORIGIN, PAGE_URL } from './app-protocol.ts'
import { mayAskForHid, mayReadHid } from './hid-permission.ts'
import { isGranted } from './permissions.ts'

export interface WindowOptions {
  /** a plain window of this size instead of the whole screen */
  readonly size?: { readonly width: number; readonly height: number }
  readonly language: Language
  /** Told once: a scanner is let in by who made it, as this Electron does not say what a device is. */
  readonly onHidByMaker: () => void
}

/** The one window: sandboxed, goes nowhere, opens nothing, has no DevTools; in kiosk mode it covers the whole screen. */
export function openWindow({ size, language, onHidByMaker }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...(size ? { ...size, useContentSize: true } : { ...screen.getPrimaryDisplay().bounds, kiosk: true, frame: false }),
    show: false,
    backgroundColor: '#F4F6F9',
    title: 'Допуск',
    autoHideMenuBar: true,
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
      additionalArguments: [`--language=${language}`],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      devTools: false,
      spellcheck: false,
      // The sounds of a result come without a click.
      autoplayPolicy: 'no-user-gesture-required',
      // A result must be painted and its countdown must run although nobody touches the window.
      backgroundThrottling: false,
    },
  })
  confine(window.webContents, onHidByMaker)
  if (!size) {
    window.on('close', (event) => event.preventDefault())
    window.on('blur', () => window.focus())
  }
  window.once('ready-to-show', () => window.show())
  return window
}

function confine(contents: WebContents, onHidByMaker: () => void): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // the camera and bar code scanners alone, and only for our page
  contents.session.setPermissionRequestHandler((asking, permission, callback, details) =>
    callback(
      asking === contents &&
        isGranted(
          {
            permission,
            url: details.requestingUrl,
            isMainFrame: details.isMainFrame,
            media: 'mediaTypes' in details ? (details.mediaTypes ?? []) : [],
          },
          PAGE_ORIGIN,
        ),
    ),
  )
  contents.session.setPermissionCheckHandler(
    (asking, permission, url, { isMainFrame, mediaType }) =>
      (asking === null || asking === contents) &&
      (isGranted({ permission, url, isMainFrame, media: mediaType === undefined ? [] : [mediaType] }, PAGE_ORIGIN) ||
        mayAskForHid(permission, url, isMainFrame, PAGE_ORIGIN)),
  )
  let isSaid = false
  contents.session.setDevicePermissionHandler((question) => {
    const answer = mayReadHid(question, PAGE_ORIGIN)
    if (answer === 'by-maker' && !isSaid) {
      isSaid = true
      onHidByMaker()
    }
    return answer !== 'no'
  })
}

/** Loads the page, and again whenever its process is gone: the screen comes back by itself. */
export function keepLoaded(window: BrowserWindow, onGone: (reason: string) => void): void {
  const load = (): void => void window.loadURL(PAGE_URL).catch(() => undefined)
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    onGone(reason)
    load()
  })
  load()
}
