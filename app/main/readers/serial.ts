import { realpath } from 'node:fs/promises'
import type { Reader, ReaderSignal } from '../ports.ts'
import { scannerAt } from './scanner-table.ts'
import {
  keepSerialOpen,
  type SerialLine,
  type SerialLineOptions,
  type SerialPortClass,
  type SerialTrouble,
} from './serial-line.ts'
import { startRealTimer } from './silence.ts'

export interface SerialSettings {
  /** Ports to read whatever is at them; they need not be there yet. */
  readonly ports: readonly SerialPortSetting[]
  /** Also read every port at which the table of USB ids knows a scanner. */
  readonly find: boolean
  /** looks whether an open port's device is still there (device-watch.ts) */
  readonly watch?: SerialLineOptions['watch']
  /** ms without a byte that end a code without suffix. 100 where none is given: USB gathers bytes for up to 16. */
  readonly silence?: number | undefined
}

export interface SerialPortSetting {
  readonly path: string
  /** bits a second; means nothing to a USB scanner. */
  readonly baudRate?: number | undefined
}

const BAUD_RATE = 9600
const SILENCE = 100
/** ms between looks at what is plugged in. On Linux each starts `udevadm`, some 20 ms of work. */
const LOOK_EVERY = 2000

/** All serial scanners as one reader; each port comes and goes by itself, `live` tells which (by its name). */
export function createSerial(
  SerialPort: SerialPortClass,
  settings: SerialSettings,
  onTrouble: (trouble: SerialTrouble) => void,
  lookEvery: number = LOOK_EVERY,
): Reader & { readonly kind: 'serial' } {
  let stopAll: (() => void) | undefined
  return {
    kind: 'serial',
    start(onSignal) {
      stopAll?.()
      const chosen = settings.ports.map((port) => keepOpen(port, port.path, onSignal))
      const stopLooking = settings.find ? lookForScanners(onSignal) : undefined
      stopAll = () => {
        stopLooking?.()
        for (const line of chosen) line.stop()
      }
    },
    stop() {
      stopAll?.()
      stopAll = undefined
    },
  }

  function keepOpen(port: SerialPortSetting, name: string, onSignal: (signal: ReaderSignal) => void): SerialLine {
    const { path, baudRate = BAUD_RATE } = port
    const { silence = SILENCE } = settings
    const { watch } = settings
    return keepSerialOpen({ SerialPort, path, baudRate, silence, name, onSignal, onTrouble, watch })
  }

  function lookForScanners(onSignal: (signal: ReaderSignal) => void): () => void {
    const found = new Map<string, { readonly name: string; readonly line: SerialLine }>()
    let stopped = false
    let complained = false
    let cancelNext: (() => void) | undefined

    async function look(): Promise<void> {
      try {
        const scanners = await listScanners()
        if (stopped) return
        complained = false
        for (const [path, { line }] of found) {
          if (scanners.has(path)) continue
          found.delete(path)
          line.vanish()
        }
        for (const [path, make] of scanners) {
          if (found.has(path)) continue
          const name = freeName(make)
          found.set(path, { name, line: keepOpen({ path }, name, onSignal) })
        }
      } catch (error) {
        // Linux without udevadm: chosen ports work all the same.
        if (!complained && !stopped) onTrouble({ kind: 'cannot-list', reason: String(error) })
        complained = true
      }
      if (!stopped) cancelNext = startRealTimer(() => void look(), lookEvery)
    }

    /** Another socket is another path and the same scanner: who comes takes the first free name, and is missed no more. */
    function freeName(make: string): string {
      const taken = new Set(Array.from(found.values(), ({ name }) => name))
      for (let number = 1; ; number++) {
        const name = number === 1 ? make : `${make} ${number}`
        if (!taken.has(name)) return name
      }
    }

    void look()
    return () => {
      stopped = true
      cancelNext?.()
      for (const { line } of found.values()) line.stop()
    }
  }

  /** path → make; without the chosen ports, which may be named by a link such as /dev/serial/by-id/… */
  async function listScanners(): Promise<ReadonlyMap<string, string>> {
    const chosen = new Set(await Promise.all(settings.ports.map((port) => realPath(port.path))))
    const scanners = new Map<string, string>()
    for (const port of await SerialPort.list()) {
      const make = scannerAt(port)
      if (make && !chosen.has(await realPath(port.path))) scanners.set(port.path, make.name)
    }
    return scanners
  }
}

async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    // Not there now, or a name that is no file (COM3).
    return path
  }
}
