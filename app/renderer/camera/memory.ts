import type { CameraDevice } from './choose-camera.ts'

const KEY = 'camera'

/** The camera that worked last, over restarts: with two plugged in the kiosk goes on with the one it had. */
export function rememberCamera(storage: Pick<Storage, 'setItem'>, { deviceId, label }: CameraDevice): void {
  storage.setItem(KEY, JSON.stringify({ deviceId, label }))
}

export function rememberedCamera(storage: Pick<Storage, 'getItem'>): CameraDevice | undefined {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('deviceId' in kept) || !('label' in kept)) return undefined
    const { deviceId, label } = kept
    return typeof deviceId === 'string' && typeof label === 'string' ? { deviceId, label } : undefined
  } catch {
    return undefined
  }
}
