import { assertNever } from '../../../server/contract/assert-never.ts'
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
 */
export function chooseCamera(
  choice: CameraChoice,
  devices: readonly CameraDevice[],
  remembered: CameraDevice | undefined,
): CameraDevice | undefined {
  const same = (wanted: CameraDevice): CameraDevice | undefined =>
    devices.find(({ deviceId }) => deviceId !== '' && deviceId === wanted.deviceId) ??
    devices.find(({ label }) => label !== '' && label === wanted.label)
  switch (choice.kind) {
    case 'off':
      return undefined
    case 'chosen':
      return same(choice)
    case 'any':
      return (remembered && same(remembered)) ?? devices.find(({ label }) => !UNLIKELY.test(label)) ?? devices[0]
    default:
      return assertNever(choice)
  }
}
