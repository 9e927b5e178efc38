import { stat } from 'node:fs/promises'
import { startRealTimer } from './silence.ts'

/** ms between looks */
const LOOK_EVERY = 1000

/**
 * Tells once that the device behind a path is gone or is another one by now. The driver notices most unpluggings itself;
 * but a line that hangs up in the middle of a read answers every further read with nothing, for ever.
 * Windows has no such files: there nothing is told. @returns how to stop looking
 */
export function watchDevice(path: string, onGone: () => void): () => void {
  if (process.platform === 'win32') return () => undefined
  let first: number | undefined
  let stopped = false
  let cancel = (): void => undefined
  const look = async (): Promise<void> => {
    // 0 is no device: a path that cannot be looked at is as good as gone
    const device = await stat(path).then(
      ({ rdev }) => rdev,
      () => 0,
    )
    if (stopped) return
    first ??= device
    if (device === 0 || device !== first) onGone()
    else cancel = startRealTimer(() => void look(), LOOK_EVERY)
  }
  void look()
  return () => {
    stopped = true
    cancel()
  }
}
