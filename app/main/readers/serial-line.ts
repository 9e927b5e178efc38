/** One serial port kept open for as long as it is wanted, through unplugging and plugging in again. */
import type { ReaderSignal } from '../ports.ts'
import {
  endOfBytes,
  hasBegunPass,
  NO_BYTES,
  takeBytes,
  type SerialFraming,
  type SerialFramingStep,
} from './serial-framing.ts'
import { createSilence, startRealTimer } from './silence.ts'
import type { ListedPort } from './scanner-table.ts'

/** The part of serialport's `SerialPort` that is used here. */
export interface SerialPortLike {
  readonly isOpen: boolean
  open(done: (error: Error | null) => void): void
  close(done?: (error: Error | null) => void): void
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown
  on(event: 'close' | 'error', listener: (error?: Error | null) => void): unknown
}

/** `SerialPort` or `SerialPortMock` of serialport. */
export interface SerialPortClass {
  new (options: { path: string; baudRate: number; autoOpen: false }): SerialPortLike
  list(): Promise<readonly ListedPort[]>
}

/** For a log: holds no byte of a code. Each is told once, until the same thing has worked again. */
export type SerialTrouble =
  | { readonly kind: 'cannot-list'; readonly reason: string }
  | { readonly kind: 'cannot-open'; readonly path: string; readonly reason: string }
  | { readonly kind: 'port-error'; readonly path: string; readonly reason: string }

export interface SerialLineOptions {
  readonly SerialPort: SerialPortClass
  readonly path: string
  /** bits a second */
  readonly baudRate: number
  /** ms without a byte that end a code without suffix */
  readonly silence: number
  /** what people are told the port is */
  readonly name: string
  readonly onSignal: (signal: ReaderSignal) => void
  readonly onTrouble: (trouble: SerialTrouble) => void
  /** looks whether the device is still there; a played port has none */
  readonly watch?: ((path: string, onGone: () => void) => () => void) | undefined
}

export interface SerialLine {
  /** The system says that the port is gone, should the driver not have noticed: not live any more, and stops. */
  vanish(): void
  stop(): void
}

/** ms before the first attempt to open again; it doubles up to the longest. */
const FIRST_WAIT = 250
const LONGEST_WAIT = 2000

/** Opens the port, and again whenever it closes or cannot be opened. Signals `live` at every change. */
export function keepSerialOpen(options: SerialLineOptions): SerialLine {
  const { SerialPort, path, baudRate, name, onSignal, onTrouble, watch } = options
  let port: SerialPortLike | undefined
  let live: boolean | undefined
  let framing: SerialFraming = NO_BYTES
  let saidReading = false
  let wait = FIRST_WAIT
  let troubled = false
  let cancelRetry: (() => void) | undefined
  let stopWatching: (() => void) | undefined
  let stopped = false

  const quiet = createSilence(
    () => deliver(endOfBytes(framing)),
    () => performance.now(),
    startRealTimer,
  )

  function deliver(step: SerialFramingStep): void {
    framing = step.framing
    if (framing.length === 0) quiet.cancel()
    else quiet.expectWithin(options.silence)
    if (step.frames.length > 0) saidReading = false
    for (const frame of step.frames)
      onSignal(frame.kind === 'text' ? { kind: 'scan', text: frame.text, name } : { ...frame, name })
    if (!saidReading && hasBegunPass(framing)) {
      saidReading = true
      onSignal({ kind: 'reading' })
    }
  }

  function setLive(now: boolean): void {
    if (live === now) return
    live = now
    onSignal({ kind: 'live', live, name })
  }

  /** Once in a row of failures: a port that is not plugged in fails every two seconds. */
  function complain(kind: 'cannot-open' | 'port-error', error: unknown): void {
    if (troubled) return
    troubled = true
    onTrouble({ kind, path, reason: error instanceof Error ? error.message : String(error) })
  }

  /** Half a code is worth nothing once its port is gone. */
  function lose(): void {
    port = undefined
    stopWatching?.()
    framing = NO_BYTES
    saidReading = false
    quiet.cancel()
    if (stopped) return
    setLive(false)
    cancelRetry = startRealTimer(attempt, wait)
    wait = Math.min(wait * 2, LONGEST_WAIT)
  }

  /** A new port object each time: one that was closed by unplugging does not open again. */
  function attempt(): void {
    cancelRetry = undefined
    let opening: SerialPortLike
    try {
      opening = new SerialPort({ path, baudRate, autoOpen: false })
    } catch (error) {
      // A setting that serialport itself refuses, such as a baud rate of 0.
      complain('cannot-open', error)
      lose()
      return
    }
    port = opening
    opening.on('data', (chunk) => {
      if (port === opening) deliver(takeBytes(framing, chunk))
    })
    opening.on('error', (error) => complain('port-error', error))
    opening.on('close', () => {
      if (port === opening) lose()
    })
    opening.open((error) => {
      if (stopped) {
        if (!error) opening.close(ignoreClosed)
      } else if (error) {
        complain('cannot-open', error)
        lose()
      } else {
        troubled = false
        wait = FIRST_WAIT
        setLive(true)
        stopWatching = watch?.(path, () => {
          if (opening.isOpen) opening.close(ignoreClosed)
          if (port === opening) lose()
        })
      }
    })
  }

  function stop(): void {
    stopped = true
    cancelRetry?.()
    stopWatching?.()
    quiet.cancel()
    const closing = port
    port = undefined
    if (closing?.isOpen) closing.close(ignoreClosed)
  }

  attempt()
  return {
    stop,
    vanish() {
      setLive(false)
      stop()
    },
  }
}

/** A port that is gone cannot be closed, and need not be. */
function ignoreClosed(): void {}
