/// <reference types="vite/client" />
import type { KioskApi } from '../preload/kiosk-api.ts'
import type { SetupApi } from '../preload/setup-api.ts'

declare global {
  interface Window {
    readonly kiosk: KioskApi
    readonly kioskSetup: SetupApi
  }
}
