import type { KioskApi } from '../../preload/kiosk-api.ts'
import { cameraPicture } from './camera-picture.ts'
import { createCamera, type Camera } from './camera.ts'
import { feedFrames } from './frames-of.ts'

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
  return camera
}
