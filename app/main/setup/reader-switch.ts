import type { Reader, ReaderSignal } from '../ports.ts'
import { withoutPrefix } from '../readers/scanner-prefix.ts'

/**
 * Who hears a reader: set-up while it is open, each code as it came, else the kiosk, without the prefix that was learnt, and
 * the PIN is asked for no longer. That a reader came or went everybody hears.
 */
export function switched(
  reader: Reader,
  setup: { isOpen(): boolean; hear(reader: Reader, signal: ReaderSignal): void; giveWay(): void },
  prefix: () => string,
): Reader {
  return {
    kind: reader.kind,
    start(onSignal) {
      reader.start((signal) => {
        if (setup.isOpen() && signal.kind !== 'live') {
          setup.hear(reader, signal)
          return
        }
        if (signal.kind === 'scan') setup.giveWay()
        onSignal(signal.kind === 'scan' ? bare(signal, prefix()) : signal)
      })
    },
    stop: () => reader.stop(),
  }
}

function bare(scan: Extract<ReaderSignal, { kind: 'scan' }>, prefix: string): ReaderSignal {
  const { text, ...from } = scan
  const code = withoutPrefix(text, prefix)
  return code === '' ? { ...from, kind: 'garbage', length: text.length } : { ...from, text: code }
}

export interface ReplaceableReader extends Reader {
  /** The reader before stops, and this one begins where that was heard. */
  replace(next: Reader): void
}

/** A reader that set-up can exchange while the kiosk runs. */
export function replaceable(first: Reader): ReplaceableReader {
  let reader = first
  let listener: ((signal: ReaderSignal) => void) | undefined
  return {
    kind: first.kind,
    start(onSignal) {
      listener = onSignal
      reader.start(onSignal)
    },
    stop() {
      listener = undefined
      reader.stop()
    },
    replace(next) {
      reader.stop()
      reader = next
      if (listener) reader.start(listener)
    },
  }
}
