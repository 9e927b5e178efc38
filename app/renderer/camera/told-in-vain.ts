import type { ScreenState } from '../../preload/kiosk-api.ts'
import type { SetupState } from '../../preload/setup-api.ts'

/**
 * Whether codes that the camera has told may have been told in vain: nobody was admitted, since the kiosk did not know its
 * place or was being set up. It holds until the screen is at rest; then a code that is still held is told once more.
 */
export function toldInVain(before: boolean, screen: ScreenState, setup: SetupState): boolean {
  if (setup.kind === 'open' || screen.kind === 'starting' || screen.kind === 'fault') return true
  return before && screen.kind !== 'idle'
}
