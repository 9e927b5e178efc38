import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ScreenState } from '../../preload/kiosk-api.ts'
import type { SetupApi, SetupState } from '../../preload/setup-api.ts'
import { afterPaint } from '../painted.ts'
import { store } from '../store.ts'

export const setupStore = createStore<{ readonly setup: SetupState }>(() => ({
  setup: { kind: 'closed', language: 'ru' },
}))

export const useSetup = (): SetupState => useStore(setupStore, ({ setup }) => setup)

/** How long, ms, and how near, CSS pixels, a finger rests in the upper left corner to open set-up. */
const HELD = 3000
const CORNER = 96

/** Listens for as long as the page lives. */
export function connectSetup(api: SetupApi): void {
  const tellPainted = (screen: ScreenState): void => {
    if ('ms' in screen) afterPaint(() => window.kiosk.painted(screen.scan))
  }
  api.onState((setup) => {
    const before = setupStore.getState().setup
    setupStore.setState({ setup })
    // An answer that was on its way to the glass does not get there: told all the same, and if it did, twice.
    if (before.kind === 'closed' && setup.kind !== 'closed') tellPainted(store.getState().screen)
    if (setup.kind !== 'closed') return
    const { language } = setup
    store.setState((state) =>
      state.setUpLanguage === language ? state : { ...state, setUpLanguage: language, language },
    )
  })
  // An answer that set-up covers is no sign of a hung window.
  store.subscribe(({ screen }, before) => {
    if (screen !== before.screen && setupStore.getState().setup.kind !== 'closed') tellPainted(screen)
  })

  let timer: number | undefined
  window.addEventListener('pointerdown', ({ clientX, clientY }) => {
    window.clearTimeout(timer)
    if (clientX > CORNER || clientY > CORNER) return
    timer = window.setTimeout(() => void api.ask({ kind: 'open' }), HELD)
  })
  for (const end of ['pointerup', 'pointercancel', 'blur'] as const)
    window.addEventListener(end, () => window.clearTimeout(timer))
}
