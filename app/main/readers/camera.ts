import { z } from 'zod'
import { assertNever } from '../../../contract/assert-never.ts'
import { FOREIGN_CODES } from '../../../contract/pass/foreign-code.ts'
import type { CameraChoice, CameraTrouble } from '../../preload/kiosk-api.ts'
import type { Reader, ReaderSignal } from '../ports.ts'

/** A QR code holds 7,089 digits at most. */
const LONGEST_TEXT = 7089
const LONGEST_NAME = 200

/** The window is another process, and a camera reads what anybody holds up: what comes from there is looked at first. */
const Report = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scan'), text: z.string().min(1).max(LONGEST_TEXT) }),
  z.strictObject({
    kind: z.literal('foreign'),
    length: z.int().nonnegative().max(LONGEST_TEXT),
    code: z.enum(FOREIGN_CODES),
  }),
  z.strictObject({ kind: z.literal('live'), live: z.boolean(), name: z.string().max(LONGEST_NAME) }),
  z.strictObject({
    kind: z.literal('trouble'),
    what: z.enum([
      'refused',
      'not-opened',
      'lost',
      'frozen',
      'worker-hung',
      'worker-died',
      'slow-decoder',
      'small-picture',
    ] satisfies CameraTrouble[]),
  }),
])

/** What a window with a camera is asked and says; `windowCamera` is the real one. */
export interface CameraLine {
  choose(choice: CameraChoice): void
  /** `onGone`: the window's process died, and its camera with it. */
  listen(onReport: (report: unknown) => void, onGone: () => void): void
}

export interface CameraReader extends Reader {
  readonly kind: 'camera'
  /** Another camera from now on. Before `start` and after `stop` none is open. */
  choose(choice: CameraChoice): void
}

export function createCameraReader(
  line: CameraLine,
  first: CameraChoice,
  onTrouble: (what: CameraTrouble | 'strange-report') => void,
): CameraReader {
  let choice = first
  let onSignal: ((signal: ReaderSignal) => void) | undefined
  let name: string | undefined

  function hear(report: unknown): void {
    const parsed = Report.safeParse(report)
    if (!parsed.success) return onTrouble('strange-report')
    const { data } = parsed
    switch (data.kind) {
      case 'scan':
        return onSignal?.({ kind: 'scan', text: data.text })
      case 'foreign':
        return onSignal?.({ kind: 'garbage', length: data.length, foreign: data.code })
      case 'live':
        name = data.live ? data.name : undefined
        return onSignal?.({ kind: 'live', live: data.live, name: data.name })
      case 'trouble':
        return onTrouble(data.what)
      default:
        return assertNever(data)
    }
  }

  line.listen(hear, () => {
    if (name !== undefined) onSignal?.({ kind: 'live', live: false, name })
    name = undefined
  })
  return {
    kind: 'camera',
    choose(next) {
      choice = next
      if (onSignal) line.choose(choice)
    },
    start(listener) {
      onSignal = listener
      line.choose(choice)
    },
    stop() {
      onSignal = undefined
      line.choose({ kind: 'off' })
    },
  }
}
