/**
 * Keeps one camera going: chooses it, opens it, has a worker read it, and begins again whatever stops. Everything that it
 * touches is handed in. What goes wrong is told in `trouble`, and tried again with growing pauses.
 */
import { assertNever } from '../../../contract/assert-never.ts'
import type { CameraChoice, CameraReport, CameraTrouble } from '../../preload/kiosk-api.ts'
import { chooseCamera, type CameraDevice } from './choose-camera.ts'
import type { Feed } from './frames-of.ts'
import { rememberCamera, rememberedCamera } from './memory.ts'
import type { FromWorker, Sight, ToWorker } from './worker-messages.ts'

/** where the system does not say what it is called */
const NAMELESS = 'camera'
const WATCH_EVERY_MS = 500
/** A worker that answers nothing for so long hangs. */
const ANSWERS_WITHIN_MS = 2000
/** A camera that sends nothing for so long is frozen; many need a second and more to begin. */
const FRAMES_WITHIN_MS = 3000
const FIRST_FRAME_WITHIN_MS = 8000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000
/** Read so long without a new beginning: what went wrong before is over, and the pauses grow from the first again. */
const WELL_AFTER_MS = 10_000

export interface DecodeWorker {
  postMessage(message: ToWorker, transfer: Transferable[]): void
  terminate(): void
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

export interface CameraParts {
  readonly media: Pick<MediaDevices, 'enumerateDevices' | 'getUserMedia' | 'addEventListener'>
  readonly startWorker: () => DecodeWorker
  readonly feedFrames: (track: MediaStreamTrack, post: (message: ToWorker, transfer: Transferable[]) => void) => Feed
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
  readonly report: (report: CameraReport) => void
  /** the live picture, or none */
  readonly onStream: (stream: MediaStream | undefined) => void
  /** what was seen of codes in the picture looked at last */
  readonly onSight: (sight: Sight) => void
  /** milliseconds, monotonic */
  readonly now: () => number
}

export interface Camera {
  choose(choice: CameraChoice): void
  /** What it has told was told in vain: a code that is still held is told once more. */
  tellAfresh(): void
}

interface Session {
  readonly device: CameraDevice
  readonly stream: MediaStream
  readonly track: MediaStreamTrack
  feed: Feed | undefined
  /** a picture of it was looked at */
  live: boolean
  /** when this worker began to read it */
  fedAt: number
  frameAt: number
}

export function createCamera(parts: CameraParts): Camera {
  let choice: CameraChoice = { kind: 'off' }
  let session: Session | undefined
  let worker: DecodeWorker | undefined
  let answeredAt = 0
  /** Counts the attempts: what an earlier one still brings is not wanted any more. */
  let attempt = 0
  let pause = FIRST_PAUSE_MS
  let retry: ReturnType<typeof setTimeout> | undefined
  /** ids of those that failed before a picture of theirs was looked at: busy, behind a shutter, a program that sends nothing */
  const failed = new Set<string>()
  let told: { readonly live: boolean; readonly name: string } | undefined

  const trouble = (what: CameraTrouble): void => parts.report({ kind: 'trouble', what })

  function tell(live: boolean, name: string): void {
    if (told?.live === live && told.name === name) return
    told = { live, name }
    parts.report({ kind: 'live', live, name })
  }

  /** One that nobody asked for by name is missed only when it was there before, be it before a restart. */
  function tellGone(opened?: CameraDevice): void {
    switch (choice.kind) {
      case 'off':
        // whoever switched it off knows
        told = undefined
        return
      case 'chosen':
        return tell(false, choice.label || NAMELESS)
      case 'any': {
        const missed = opened ?? rememberedCamera(parts.storage)
        if (missed) tell(false, missed.label || NAMELESS)
        return
      }
      default:
        return assertNever(choice)
    }
  }

  function close(): void {
    clearTimeout(retry)
    const closing = session
    session = undefined
    parts.onSight({})
    if (!closing) return
    closing.feed?.stop()
    closing.track.onended = null
    closing.track.stop()
    parts.onStream(undefined)
  }

  function again(what?: CameraTrouble): void {
    if (what) trouble(what)
    attempt++
    const opened = session?.device
    close()
    tellGone(opened)
    retry = setTimeout(() => void open(), pause)
    pause = nextPause(pause)
  }

  /** The camera itself has stopped. One that never began is not the next to be tried. */
  function lose(what: 'lost' | 'frozen'): void {
    if (session && !session.live) {
      failed.add(session.device.deviceId)
      // its worker has not proved either that it reads
      fire()
    }
    again(what)
  }

  async function open(): Promise<void> {
    const mine = ++attempt
    close()
    if (choice.kind === 'off') {
      tellGone()
      fire()
      return
    }
    let device: CameraDevice | undefined
    try {
      const cameras = (await parts.media.enumerateDevices()).filter(({ kind }) => kind === 'videoinput')
      device = chooseCamera(choice, cameras, rememberedCamera(parts.storage), failed)
      if (mine !== attempt) return
      if (device === undefined) {
        tellGone()
        // plugging in is told; this is for systems that do not tell
        retry = setTimeout(() => void open(), LONGEST_PAUSE_MS)
        return
      }
      // each has failed: another round, so that none is left out for ever
      if (failed.has(device.deviceId)) failed.clear()
      const stream = await parts.media.getUserMedia(constraintsFor(device))
      const [track] = stream.getVideoTracks()
      if (mine !== attempt || track === undefined) {
        for (const one of stream.getTracks()) one.stop()
        return
      }
      begin({ ...device, label: track.label || device.label }, stream, track)
    } catch (error) {
      if (mine !== attempt) return
      if (device) failed.add(device.deviceId)
      again(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'not-opened')
    }
  }

  function begin(device: CameraDevice, stream: MediaStream, track: MediaStreamTrack): void {
    const opened: Session = { device, stream, track, feed: undefined, live: false, fedAt: 0, frameAt: 0 }
    session = opened
    track.onended = () => session === opened && lose('lost')
    if ((track.getSettings().height ?? 720) < 720) trouble('small-picture')
    worker ??= hire()
    feed(opened)
  }

  function feed(of: Session): void {
    of.feed?.stop()
    of.fedAt = of.frameAt = parts.now()
    of.feed = parts.feedFrames(of.track, (message, transfer) => worker?.postMessage(message, transfer))
  }

  function hire(): DecodeWorker {
    const hired = parts.startWorker()
    answeredAt = parts.now()
    hired.onmessage = ({ data }) => hired === worker && hear(data)
    hired.onerror = () => hired === worker && replaceWorker('worker-died')
    return hired
  }

  function fire(): void {
    worker?.terminate()
    worker = undefined
  }

  /** At once where all was well until now, and unseen; one that breaks again so soon waits, and is said to be gone. */
  function replaceWorker(what: CameraTrouble): void {
    fire()
    if (!session) return trouble(what)
    if (pause > FIRST_PAUSE_MS) return again(what)
    trouble(what)
    pause = nextPause(pause)
    worker = hire()
    parts.onSight({})
    feed(session)
  }

  function hear(message: FromWorker): void {
    answeredAt = parts.now()
    switch (message.kind) {
      case 'looked':
        return onLooked(message)
      case 'read':
        return parts.report({ kind: 'scan', text: message.text })
      case 'foreign':
        return parts.report({ kind: 'foreign', length: message.length, code: message.code })
      case 'started':
        if (message.insteadBecause !== undefined) trouble('slow-decoder')
        return
      case 'broken':
        return replaceWorker('worker-died')
      case 'pong':
        return
      default:
        return assertNever(message)
    }
  }

  function onLooked({ outline, needsHelp }: Sight): void {
    if (!session) return
    session.frameAt = parts.now()
    if (session.frameAt - session.fedAt > WELL_AFTER_MS) pause = FIRST_PAUSE_MS
    session.feed?.more()
    parts.onSight({ ...(outline && { outline }), ...(needsHelp && { needsHelp }) })
    if (session.live) return
    session.live = true
    failed.clear()
    rememberCamera(parts.storage, session.device)
    parts.onStream(session.stream)
    tell(true, session.device.label || NAMELESS)
  }

  let watchedAt = parts.now()
  function watch(): void {
    const now = parts.now()
    // after a pause of this thread itself the others' answers still lie unread
    const late = now - watchedAt > 3 * WATCH_EVERY_MS
    watchedAt = now
    if (!worker || late) return
    if (now - answeredAt > ANSWERS_WITHIN_MS) return replaceWorker('worker-hung')
    worker.postMessage({ kind: 'ping' }, [])
    if (session && now - session.frameAt > (session.live ? FRAMES_WITHIN_MS : FIRST_FRAME_WITHIN_MS)) lose('frozen')
  }
  setInterval(watch, WATCH_EVERY_MS)
  parts.media.addEventListener('devicechange', () => {
    failed.clear()
    if (session || choice.kind === 'off') return
    pause = FIRST_PAUSE_MS
    void open()
  })

  return {
    choose(next) {
      if (JSON.stringify(next) === JSON.stringify(choice)) return
      choice = next
      failed.clear()
      pause = FIRST_PAUSE_MS
      void open()
    },
    tellAfresh: () => worker?.postMessage({ kind: 'afresh' }, []),
  }
}

const nextPause = (pause: number): number => Math.min(2 * pause, LONGEST_PAUSE_MS)

/** 1080p where the camera has it: read from half as far again as 720p. */
function constraintsFor({ deviceId }: CameraDevice): MediaStreamConstraints {
  return {
    audio: false,
    video: {
      ...(deviceId === '' ? {} : { deviceId: { exact: deviceId } }),
      width: { ideal: 1920 },
      height: { ideal: 1080 },
      frameRate: { ideal: 30 },
    },
  }
}
