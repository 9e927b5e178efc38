/** What the window's edge says of its readers, as main tells it. */
import type { KioskProcess } from '../world.ts'

/** Lines of a kiosk's log from now on. */
export function logOf(kiosk: KioskProcess): readonly string[] {
  const lines: string[] = []
  kiosk.app.process().stdout?.on('data', (data: Buffer) => lines.push(...data.toString().split('\n')))
  return lines
}

/** What the camera's reader complained of. */
export const troublesIn = (log: readonly string[]): readonly string[] =>
  log.flatMap((line) => /"trouble":"([a-z-]+)"/.exec(line)?.[1] ?? [])
