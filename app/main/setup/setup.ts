/**
 * Set-up as the main process sees it: who may open it, what the readers say while it is open, and the writing down of
 * what was chosen. Nothing is kept before the end, so a crash in the middle leaves everything as it was.
 */
import { assertNever } from '../../../contract/assert-never.ts'
import { readEnrolment, writeEnrolment } from '../../../contract/kiosk/enrolment.ts'
import { diagnose, type Heard } from '../../../contract/kiosk/calibration-diagnosis.ts'
import type { CameraChoice, Language } from '../../preload/kiosk-api.ts'
import type {
  DeviceStanding,
  FixedMode,
  FoundPort,
  PinChoice,
  ScannerKind,
  SerialPortChoice,
  SetupAnswer,
  SetupRequest,
  SetupSettings,
  SetupState,
} from '../../preload/setup-api.ts'
import type { Device } from '../device/device.ts'
import type { Reader, ReaderSignal } from '../ports.ts'
import type { Wedge } from '../readers/wedge.ts'
import type { KioskSetup } from './setup-file.ts'
import { enrolmentIn, isCodeMissed, isStranger, needsCode } from './code-wanted.ts'
import { isPin, pinKept } from './pin.ts'
import { isPaused, NO_PIN_TRIES, WRONG_AT_MOST, wrongPin } from './pin-tries.ts'

/** A visitor who has found the corner must not keep the door shut: the question for the PIN goes away, ms. */
const PIN_ASKED_FOR = 20_000
/** Who left in the middle of set-up has cancelled it, ms after the last sign of life. */
const LEFT_AFTER = 300_000
/** The same while a scanner is set right: leafing through its manual, and scanning its own codes, are heard by nobody. */
const LEFT_CALIBRATING_AFTER = 1_200_000
/** ms between looks at the serial ports. */
const LOOK_EVERY = 2000
/** Readings of one reader that are kept. */
const READINGS = 12

export interface SetupParts {
  /** nobody has set this terminal up yet, and nobody has done it by its environment */
  readonly firstRun: boolean
  readonly current: () => KioskSetup
  /** @throws when it cannot be written */
  readonly write: (setup: KioskSetup) => Promise<void>
  /** what was chosen holds from now on */
  readonly apply: (setup: KioskSetup) => void
  readonly tryPorts: (ports: readonly SerialPortChoice[]) => void
  readonly tryCamera: (choice: CameraChoice) => void
  readonly listPorts: () => Promise<readonly FoundPort[]>
  /** that holds at this door, whatever was chosen */
  readonly language: () => Language
  readonly fixedMode: () => FixedMode | undefined
  readonly wedge: Pick<Wedge, 'stepAside' | 'lastFrame'>
  readonly device: Pick<Device, 'standing' | 'enrol' | 'confirmRoot'>
  /** said by the environment */
  readonly server?: string | undefined
  /** the environment brought a code, which is tried first */
  readonly bringsCode?: boolean
  readonly onReader: (reader: Reader, signal: ReaderSignal) => void
  readonly tell: (state: SetupState) => void
  /** what could not be done */
  readonly onError: (error: unknown) => void
  readonly now: () => number
}

export interface Setup {
  /** The readers are set-up's: nobody is admitted. */
  isOpen(): boolean
  /** It is in front of everything: open, or asking for the PIN. */
  isShown(): boolean
  /** A visitor's code was read while the PIN is asked for: the question goes away, so that the answer is seen. */
  giveWay(): void
  /** Opens by itself on the first run. */
  start(): void
  hear(reader: Reader, signal: ReaderSignal): void
  ask(request: SetupRequest): Promise<SetupAnswer>
  /** What the terminal is to the server has changed. */
  standing(device: DeviceStanding): void
  /** Who says what kind of door this is has changed. */
  modeFixed(): void
  stop(): void
}

export function createSetup(parts: SetupParts): Setup {
  let { firstRun } = parts
  let state: SetupState = { kind: 'closed', language: parts.language() }
  let tries = NO_PIN_TRIES
  let heard = new Map<ScannerKind, readonly Heard[]>()
  let calibrates = false
  let leaving: NodeJS.Timeout | undefined
  let looking: NodeJS.Timeout | undefined

  const become = (next: SetupState): void => {
    state = next
    parts.tell(state)
  }
  const expectLife = (): void => {
    clearTimeout(leaving)
    if (state.kind === 'closed' || (state.kind === 'open' && state.firstRun)) return
    const open = calibrates ? LEFT_CALIBRATING_AFTER : LEFT_AFTER
    leaving = setTimeout(cancel, state.kind === 'pin' ? PIN_ASKED_FOR : open)
  }

  function open(): void {
    const { pin, ...settings } = parts.current()
    heard = new Map()
    calibrates = false
    parts.wedge.stepAside(false)
    tries = NO_PIN_TRIES
    become({
      kind: 'open',
      firstRun,
      settings,
      hasPin: pin !== undefined,
      ports: [],
      calibrations: [],
      typedScans: 0,
      fixedMode: parts.fixedMode(),
      device: parts.device.standing(),
      asksForCode: needsCode(parts.device.standing(), parts.bringsCode === true),
      ...(parts.server === undefined ? {} : { server: parts.server }),
    })
    void look()
  }

  async function look(): Promise<void> {
    const ports = await parts.listPorts()
    if (state.kind !== 'open') return
    if (JSON.stringify(ports) !== JSON.stringify(state.ports)) become({ ...state, ports })
    looking = setTimeout(() => void look(), LOOK_EVERY)
  }

  function close(): void {
    clearTimeout(leaving)
    clearTimeout(looking)
    parts.wedge.stepAside(false)
    parts.apply(parts.current())
    become({ kind: 'closed', language: parts.language() })
  }

  function cancel(): void {
    if (state.kind !== 'closed') close()
  }

  function askForPin(): void {
    // a visitor's scan is heard all the same, and its Enter is not the PIN's
    parts.wedge.stepAside(true)
    const { wrong, pausedUntil } = tries
    const isPausedNow = isPaused(tries, parts.now())
    const left = WRONG_AT_MOST - wrong
    become({ kind: 'pin', wrong, left, ...(isPausedNow ? { pausedUntil: new Date(pausedUntil).toISOString() } : {}) })
  }

  async function tryPin(pin: string): Promise<SetupAnswer> {
    const kept = parts.current().pin
    if (state.kind !== 'pin' || kept === undefined) return 'refused'
    if (isPaused(tries, parts.now())) return 'paused'
    // Counted before it is looked at: many asked at once are many tries.
    tries = wrongPin(tries, parts.now())
    if (await isPin(pin, kept)) {
      open()
      return 'done'
    }
    askForPin()
    return isPaused(tries, parts.now()) ? 'paused' : 'wrong-pin'
  }

  async function finish(settings: SetupSettings, pin: PinChoice): Promise<SetupAnswer> {
    const { contact, ...rest } = settings
    const kept = await pinKept(pin, parts.current().pin)
    try {
      await parts.write({
        ...rest,
        ...(contact === undefined ? {} : { contact }),
        ...(kept === undefined ? {} : { pin: kept }),
      })
    } catch (error) {
      parts.onError(error)
      return 'not-saved'
    }
    firstRun = false
    close()
    return 'done'
  }

  return {
    isOpen: () => state.kind === 'open',
    isShown: () => state.kind !== 'closed',
    giveWay() {
      if (state.kind === 'pin') cancel()
    },
    start() {
      if (firstRun) open()
      else parts.tell(state)
    },
    hear(reader, signal) {
      parts.onReader(reader, signal)
      if (state.kind !== 'open' || (signal.kind !== 'scan' && signal.kind !== 'garbage')) return
      expectLife()
      if (reader.kind === 'wedge') become({ ...state, typedScans: state.typedScans + 1 })
      const takesCode = state.asksForCode && isStranger(state.device)
      const enrolment = signal.kind === 'scan' && takesCode ? enrolmentIn(signal.text) : undefined
      if (enrolment) {
        parts.device.enrol(enrolment)
        return
      }
      // a camera has nothing to be set right
      if (!calibrates || reader.kind === 'camera') return
      const reading: Heard =
        signal.kind === 'garbage'
          ? { kind: 'garbage' }
          : {
              kind: 'text',
              text: signal.text,
              ...(reader.kind === 'wedge' ? { msPerCharacter: parts.wedge.lastFrame()?.msPerCharacter } : {}),
            }
      const readings = [...(heard.get(reader.kind) ?? []), reading].slice(-READINGS)
      heard.set(reader.kind, readings)
      const others = state.calibrations.filter((other) => other.reader !== reader.kind)
      become({ ...state, calibrations: [{ reader: reader.kind, diagnosis: diagnose(readings) }, ...others] })
    },
    async ask(request) {
      const answer = await handle(request)
      expectLife()
      return answer
    },
    standing(device) {
      if (state.kind !== 'open') return
      expectLife()
      // not served any more, or the environment's code was no good: without one nothing else set up here is of use
      const asksForCode = state.asksForCode || isCodeMissed(device)
      become({ ...state, device, asksForCode })
    },
    modeFixed() {
      if (state.kind === 'open') become({ ...state, fixedMode: parts.fixedMode() })
    },
    stop() {
      clearTimeout(leaving)
      clearTimeout(looking)
    },
  }

  async function handle(request: SetupRequest): Promise<SetupAnswer> {
    if (request.kind === 'open') {
      if (state.kind !== 'closed') return 'refused'
      if (parts.current().pin === undefined) open()
      else askForPin()
      return 'done'
    }
    if (request.kind === 'pin') return tryPin(request.pin)
    if (request.kind === 'cancel') {
      cancel()
      return 'done'
    }
    if (state.kind !== 'open') return 'refused'
    switch (request.kind) {
      case 'alive':
        return 'done'
      case 'listen':
        calibrates = request.as === 'calibrating'
        parts.wedge.stepAside(request.as === 'typing')
        return 'done'
      case 'enrol': {
        const enrolment = readEnrolment(writeEnrolment(request))
        if (!enrolment) return 'wrong-code'
        parts.device.enrol(enrolment)
        return 'done'
      }
      case 'confirm-root':
        parts.device.confirmRoot(request.same)
        return 'done'
      case 'ports':
        parts.tryPorts(request.ports)
        return 'done'
      case 'camera':
        parts.tryCamera(request.choice)
        return 'done'
      case 'calibrate-anew':
        heard = new Map()
        become({ ...state, calibrations: [] })
        return 'done'
      case 'finish':
        return finish(request.settings, request.pin)
      default:
        return assertNever(request)
    }
  }
}
