import { z } from 'zod'
import { assertNever } from '../../../contract/assert-never.ts'
import type { Reader, ReaderSignal } from '../ports.ts'

const LONGEST_TEXT = 4097
const Name = z.string().max(200)

/** The window reads the device, as WebHID is the page's: what comes from there is looked at first. */
const Report = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scan'), text: z.string().min(1).max(LONGEST_TEXT), name: Name }),
  z.strictObject({ kind: z.literal('garbage'), length: z.int().nonnegative().max(LONGEST_TEXT), name: Name }),
  z.strictObject({ kind: z.literal('live'), live: z.boolean(), name: Name }),
  z.strictObject({ kind: z.literal('trouble'), what: z.literal('not-opened') }),
])

/** What a window with scanners in HID POS mode says; `onGone`: its process died, and they with it. */
export type HidLine = (onReport: (report: unknown) => void, onGone: () => void) => void

export function createHidReader(
  listen: HidLine,
  onTrouble: (what: 'not-opened' | 'strange-report') => void,
): Reader & { readonly kind: 'hid' } {
  let onSignal: ((signal: ReaderSignal) => void) | undefined
  /** every scanner's name, and whether it is there: told again to a listener that begins later */
  const scanners = new Map<string, boolean>()
  const tellLive = (name: string, live: boolean): void => onSignal?.({ kind: 'live', live, name })
  listen(
    (report) => {
      const parsed = Report.safeParse(report)
      if (!parsed.success) return onTrouble('strange-report')
      const { data } = parsed
      switch (data.kind) {
        case 'scan':
        case 'garbage':
          return onSignal?.(data)
        case 'live':
          scanners.set(data.name, data.live)
          return tellLive(data.name, data.live)
        case 'trouble':
          return onTrouble(data.what)
        default:
          return assertNever(data)
      }
    },
    () => {
      for (const name of scanners.keys()) {
        scanners.set(name, false)
        tellLive(name, false)
      }
    },
  )
  return {
    kind: 'hid',
    start(listener) {
      onSignal = listener
      for (const [name, live] of scanners) tellLive(name, live)
    },
    stop() {
      onSignal = undefined
    },
  }
}
