import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { KioskApi } from '../preload/kiosk-api.ts'
import {
  firstState,
  screenShown,
  sheetTold,
  statusTold,
  timePassed,
  touched,
  type WindowState,
} from './window-state.ts'

export const store: StoreApi<WindowState> = createStore(() => firstState('ru', Date.now()))

export function useWindow<T>(select: (state: WindowState) => T): T {
  return useStore(store, select)
}

/** Listens to the main process and the clock for as long as the page lives. */
export function connectStore(kiosk: KioskApi): void {
  store.setState(firstState(kiosk.language, Date.now()))
  kiosk.onScreen((screen) => store.setState((state) => screenShown(state, screen)))
  kiosk.onStatus((status) => store.setState((state) => statusTold(state, status)))
  kiosk.onDesk((sheet) => store.setState((state) => sheetTold(state, sheet)))
  window.addEventListener('pointerdown', () => store.setState((state) => touched(state, Date.now())))
  window.setInterval(() => store.setState((state) => timePassed(state, Date.now())), 1000)
}
