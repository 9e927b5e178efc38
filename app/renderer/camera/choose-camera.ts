import { assertNever } from '../../../contract/assert-never.ts'
import type { CameraChoice } from '../../preload/kiosk-api.ts'

export interface CameraDevice {
  readonly deviceId: string
  readonly label: string
}

/** Not what a visitor holds a code to: eyes for face log-in, cameras that are programs. */
const UNLIKELY = /\b(ir|infrared|depth|virtual|obs)\b/i

/**
 * Which of the cameras there are. A device's id changes when the browser's profile is made anew or it is plugged in
 * elsewhere: then its label tells. One that was chosen by hand is never replaced by another.
 * @param failed ids of those that could not be read when they were tried last: where any will do, others go before them
 */
export function chooseCamera(
  choice: CameraChoice,
  devices: readonly CameraDevice[],
  remembered: CameraDevice | undefined,
  failed: ReadonlySet<string> = new Set(),
): CameraDevice | undefined {
  const same = (wanted: CameraDevice): CameraDevice | undefined =>
    devices.find(({ deviceId }) => deviceId !== '' && deviceId === wanted.deviceId) ??
    devices.find(({ label }) => label !== '' && label === wanted.label)
  switch (choice.kind) {
    case 'off':
      return undefined
    case 'chosen':
      return same(choice)
    case 'any': {
      const last = remembered && same(remembered)
      const likely = devices.filter(({ label }) => !UNLIKELY.test(label))
      const wanted = [...(last ? [last] : []), ...(likely.length > 0 ? likely : devices)]
      return wanted.find(({ deviceId }) => !failed.has(deviceId)) ?? wanted[0]
    }
    default:
      return assertNever(choice)
  }
}
