/** The camera with everything around it played: devices that come and go, tracks that end, workers that hang or break. */
import { vi } from 'vitest'
import type { CameraReport } from '../../../preload/kiosk-api.ts'
import { createCamera, type Camera, type CameraParts, type DecodeWorker } from '../camera.ts'
import type { FromWorker, Sight, ToWorker } from '../worker-messages.ts'

interface PlayedTrack {
  readonly deviceId: string
  stopped: boolean
  onended: (() => void) | null
}

interface PlayedWorker extends DecodeWorker {
  /** answers pings */
  awake: boolean
  terminated: boolean
  readonly heard: ToWorker[]
  say(message: FromWorker): void
}

export function playCamera() {
  const devices = new Map<string, string>()
  const tracks: PlayedTrack[] = []
  const workers: PlayedWorker[] = []
  const reports: CameraReport[] = []
  const streams: unknown[] = []
  const sights: Sight[] = []
  const kept = new Map<string, string>()
  const changed: (() => void)[] = []
  const state = {
    refuse: undefined as DOMException | undefined,
    /** cannot be opened, while others can */
    busy: new Set<string>(),
    /** opened, they send no picture */
    dark: new Set<string>(),
    opened: 0,
    feeds: 0,
    framesFlow: true,
    /** workers die as they are started, as when their file cannot be had */
    workersDie: false,
  }

  const media = {
    enumerateDevices: async () =>
      [...devices].map(([deviceId, label]) => ({ kind: 'videoinput', deviceId, label, groupId: '' })),
    getUserMedia: async ({ video }: MediaStreamConstraints) => {
      state.opened++
      if (state.refuse) throw state.refuse
      const wanted = typeof video === 'object' ? video.deviceId : undefined
      const deviceId = typeof wanted === 'object' && 'exact' in wanted ? String(wanted.exact) : ''
      if (state.busy.has(deviceId)) throw new DOMException('busy', 'NotReadableError')
      if (!devices.has(deviceId)) throw new DOMException('gone', 'NotFoundError')
      const track: PlayedTrack & Partial<MediaStreamTrack> = {
        deviceId,
        stopped: false,
        onended: null,
        label: devices.get(deviceId) ?? '',
        getSettings: () => ({ height: 720 }),
        stop: () => void (track.stopped = true),
      }
      tracks.push(track)
      return { getVideoTracks: () => [track], getTracks: () => [track] }
    },
    addEventListener: (_name: string, listener: () => void) => void changed.push(listener),
  }
  const parts = {
    media,
    startWorker: () => {
      const worker: PlayedWorker = {
        awake: true,
        terminated: false,
        heard: [],
        onmessage: null,
        onerror: null,
        postMessage(message) {
          worker.heard.push(message)
          if (message.kind === 'ping' && worker.awake) worker.say({ kind: 'pong' })
        },
        terminate: () => void (worker.terminated = true),
        say: (data) => worker.onmessage?.(new MessageEvent('message', { data })),
      }
      workers.push(worker)
      if (state.workersDie) setTimeout(() => worker.onerror?.({} as ErrorEvent), 10)
      return worker
    },
    feedFrames: () => {
      state.feeds++
      return { more: () => undefined, stop: () => undefined }
    },
    storage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
    report: (report: CameraReport) => void reports.push(report),
    onStream: (stream: unknown) => void streams.push(stream),
    onSight: (sight: Sight) => void sights.push(sight),
    now: () => Date.now(),
  }
  // the browser's own types are far wider than what the camera uses of them
  const camera: Camera = createCamera(parts as unknown as CameraParts)
  const played = {
    camera,
    devices,
    tracks,
    workers,
    reports,
    streams,
    sights,
    kept,
    state,
    plug(deviceId: string, label: string) {
      devices.set(deviceId, label)
      for (const listener of changed) listener()
    },
    unplug(deviceId: string) {
      devices.delete(deviceId)
      for (const track of tracks) if (track.deviceId === deviceId && !track.stopped) track.onended?.()
      for (const listener of changed) listener()
    },
    live: (): readonly CameraReport[] => reports.filter(({ kind }) => kind === 'live'),
    troubles: (): readonly string[] => reports.flatMap((report) => (report.kind === 'trouble' ? [report.what] : [])),
    openTracks: (): readonly string[] => tracks.filter(({ stopped }) => !stopped).map(({ deviceId }) => deviceId),
    /** One camera, whichever there is, and a moment for it to begin. */
    async working() {
      devices.set('a', 'Camera A')
      camera.choose({ kind: 'any' })
      await played.pass(200)
    },
    /** Time passes, with frames looked at fifteen times a second as long as they flow. */
    async pass(ms: number) {
      for (let at = 0; at < ms; at += 66) {
        const track = tracks.at(-1)
        const worker = workers.at(-1)
        if (
          state.framesFlow &&
          track &&
          !track.stopped &&
          !state.dark.has(track.deviceId) &&
          worker?.awake &&
          !worker.terminated
        )
          worker.say({ kind: 'looked' })
        await vi.advanceTimersByTimeAsync(66)
      }
    },
  }
  return played
}

export type PlayedCamera = ReturnType<typeof playCamera>
