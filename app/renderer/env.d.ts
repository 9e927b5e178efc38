/// <reference types="vite/client" />
import type { KioskApi } from '../preload/kiosk-api.ts'
import type { Hid } from './hid/start-hid.ts'
import type { SetupApi } from '../preload/setup-api.ts'

declare global {
  interface Navigator {
    /** Chromium’s WebHID: of secure pages only */
    readonly hid?: Hid
  }
  interface Window {
    readonly kiosk: KioskApi
    readonly kioskSetup: SetupApi
  }
}
