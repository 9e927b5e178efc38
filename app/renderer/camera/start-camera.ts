import type { KioskApi } from '../../preload/kiosk-api.ts'
import { setupStore } from '../setup/setup-store.ts'
import { store } from '../store.ts'
import { cameraPicture } from './camera-picture.ts'
import { createCamera, type Camera } from './camera.ts'
import { feedFrames } from './frames-of.ts'
import { toldInVain } from './told-in-vain.ts'

/** The camera of this window: does as the main process says, for as long as the page lives. */
export function startCamera(kiosk: Pick<KioskApi, 'onCamera' | 'camera'>): Camera {
  const camera = createCamera({
    media: navigator.mediaDevices,
    startWorker: () => new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' }),
    feedFrames,
    storage: localStorage,
    report: kiosk.camera,
    onStream: (stream) => cameraPicture.setState({ stream }),
    onSight: ({ outline, needsHelp = false }) => cameraPicture.setState({ outline, needsHelp }),
    now: () => performance.now(),
  })
  kiosk.onCamera((choice) => camera.choose(choice))
  let inVain = true
  const look = (): void => {
    const before = inVain
    inVain = toldInVain(before, store.getState().screen, setupStore.getState().setup)
    if (before && !inVain) camera.tellAfresh()
  }
  store.subscribe(look)
  setupStore.subscribe(look)
  return camera
}
