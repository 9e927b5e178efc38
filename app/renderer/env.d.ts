/// <reference types="vite/client" />
import type { KioskApi } from '../preload/kiosk-api.ts'

declare global {
  interface Window {
    readonly kiosk: KioskApi
  }
}
