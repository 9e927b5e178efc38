/** The camera with everything around it played: devices that come and go, tracks that end, workers that hang or break. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CameraReport } from '../../preload/kiosk-api.ts'
import { createCamera, type Camera, type CameraParts, type DecodeWorker } from './camera.ts'
import type { FromWorker, Sight, ToWorker } from './worker-messages.ts'

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

function play() {
  const devices = new Map<string, string>()
  const tracks: PlayedTrack[] = []
  const workers: PlayedWorker[] = []
  const reports: CameraReport[] = []
  const streams: unknown[] = []
  const sights: Sight[] = []
  const kept = new Map<string, string>()
  const changed: (() => void)[] = []
  const state = { refuse: undefined as DOMException | undefined, opened: 0, feeds: 0, framesFlow: true }

  const media = {
    enumerateDevices: async () =>
      [...devices].map(([deviceId, label]) => ({ kind: 'videoinput', deviceId, label, groupId: '' })),
    getUserMedia: async ({ video }: MediaStreamConstraints) => {
      state.opened++
      if (state.refuse) throw state.refuse
      const wanted = typeof video === 'object' ? video.deviceId : undefined
      const deviceId = typeof wanted === 'object' && 'exact' in wanted ? String(wanted.exact) : ''
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
  return {
    camera,
    devices,
    tracks,
    workers,
    reports,
    streams,
    sights,
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
    /** Time passes, with frames looked at fifteen times a second as long as they flow. */
    async pass(ms: number) {
      for (let at = 0; at < ms; at += 66) {
        const track = tracks.at(-1)
        const worker = workers.at(-1)
        if (state.framesFlow && track && !track.stopped && worker?.awake && !worker.terminated)
          worker.say({ kind: 'looked' })
        await vi.advanceTimersByTimeAsync(66)
      }
    },
  }
}

let world: ReturnType<typeof play>
const live = (): readonly CameraReport[] => world.reports.filter(({ kind }) => kind === 'live')
const troubles = (): readonly string[] =>
  world.reports.flatMap((report) => (report.kind === 'trouble' ? [report.what] : []))
const openTracks = (): readonly string[] =>
  world.tracks.filter(({ stopped }) => !stopped).map(({ deviceId }) => deviceId)

beforeEach(() => {
  vi.useFakeTimers()
  world = play()
})
afterEach(() => {
  vi.useRealTimers()
})

async function working(): Promise<void> {
  world.devices.set('a', 'Camera A')
  world.camera.choose({ kind: 'any' })
  await world.pass(200)
}

describe('a camera', () => {
  test('is opened, told live by its name, and its codes are told on', async () => {
    await working()
    expect(live()).toEqual([{ kind: 'live', live: true, name: 'Camera A' }])
    world.workers[0]?.say({ kind: 'read', text: 'QP1:X' })
    world.workers[0]?.say({ kind: 'foreign', length: 12, code: 'other' })
    expect(world.reports.slice(-2)).toEqual([
      { kind: 'scan', text: 'QP1:X' },
      { kind: 'foreign', length: 12, code: 'other' },
    ])
  })

  test('what it sees of codes is shown, until it is closed', async () => {
    await working()
    const corner = { x: 1, y: 2 }
    const outline = { corners: [corner, corner, corner, corner], ours: true, width: 1280, height: 720 } as const
    world.workers[0]?.say({ kind: 'looked', outline })
    expect(world.sights.at(-1)).toEqual({ outline })
    world.workers[0]?.say({ kind: 'looked', needsHelp: true })
    expect(world.sights.at(-1)).toEqual({ needsHelp: true })
    world.camera.choose({ kind: 'off' })
    expect(world.sights.at(-1)).toEqual({})
  })

  test('is not missed where there never was one, and found when it is plugged in', async () => {
    world.camera.choose({ kind: 'any' })
    await world.pass(30_000)
    expect(world.reports).toEqual([])
    world.plug('a', 'Camera A')
    await world.pass(200)
    expect(live()).toEqual([{ kind: 'live', live: true, name: 'Camera A' }])
  })

  test('that was chosen is missed from the start, and no other is opened for it', async () => {
    world.devices.set('b', 'Camera B')
    world.camera.choose({ kind: 'chosen', deviceId: 'a', label: 'Camera A' })
    await world.pass(5000)
    expect(live()).toEqual([{ kind: 'live', live: false, name: 'Camera A' }])
    expect(world.state.opened).toBe(0)
  })

  test('unplugged and plugged in again is read on', async () => {
    await working()
    world.unplug('a')
    await world.pass(3000)
    expect(world.streams.at(-1)).toBeUndefined()
    world.plug('a', 'Camera A')
    await world.pass(1000)
    expect(live().map((report) => report.kind === 'live' && report.live)).toEqual([true, false, true])
    expect(troubles()).toEqual(['lost'])
    expect(openTracks()).toEqual(['a'])
  })

  test('that is frozen is opened anew after three seconds', async () => {
    await working()
    world.state.framesFlow = false
    await world.pass(3000)
    expect(world.state.opened).toBe(1)
    await world.pass(1500)
    expect(troubles()).toEqual(['frozen'])
    world.state.framesFlow = true
    await world.pass(2000)
    expect(world.state.opened).toBe(2)
    expect(openTracks()).toEqual(['a'])
    expect(live().at(-1)).toMatchObject({ live: true })
  })

  test('that stays away is asked for less and less often, ten seconds apart in the end', async () => {
    world.state.refuse = new DOMException('busy', 'NotReadableError')
    world.devices.set('a', 'Camera A')
    world.camera.choose({ kind: 'any' })
    await world.pass(60_000)
    expect(world.state.opened).toBeGreaterThan(5)
    expect(world.state.opened).toBeLessThan(13)
    world.state.refuse = undefined
    await world.pass(11_000)
    expect(live()).toMatchObject([{ live: true }])
  })

  test('that may not be used is said to be refused', async () => {
    world.state.refuse = new DOMException('no', 'NotAllowedError')
    await working()
    expect(troubles()[0]).toBe('refused')
  })

  test('is let go when another is chosen, and when none is', async () => {
    world.devices.set('b', 'Camera B')
    await working()
    world.camera.choose({ kind: 'chosen', deviceId: 'b', label: 'Camera B' })
    await world.pass(200)
    expect(openTracks()).toEqual(['b'])
    world.camera.choose({ kind: 'off' })
    await world.pass(200)
    expect(openTracks()).toEqual([])
    expect(world.workers.every(({ terminated }) => terminated)).toBe(true)
    expect(live().at(-1)).toMatchObject({ live: false })
  })

  test('of last time is taken again after a restart of the page', async () => {
    world.devices.set('b', 'Camera B')
    world.camera.choose({ kind: 'chosen', deviceId: 'b', label: 'Camera B' })
    await world.pass(200)
    world.devices.delete('b')
    world.plug('a', 'Camera A')
    world.devices.set('b', 'Camera B')
    world.camera.choose({ kind: 'any' })
    await world.pass(200)
    expect(openTracks()).toEqual(['b'])
  })

  test('choices that follow one another at once leave one camera open', async () => {
    for (const name of ['a', 'b', 'c']) world.devices.set(name, name)
    for (const deviceId of ['a', 'b', 'c', 'a', 'c']) world.camera.choose({ kind: 'chosen', deviceId, label: deviceId })
    await world.pass(500)
    expect(openTracks()).toEqual(['c'])
  })
})

describe('the worker', () => {
  test('that answers nothing for two seconds is replaced, on the same camera', async () => {
    await working()
    const [hung] = world.workers
    if (hung) hung.awake = false
    await world.pass(3200)
    expect(hung?.terminated).toBe(true)
    expect(world.workers).toHaveLength(2)
    expect(troubles()).toEqual(['worker-hung'])
    expect([world.state.opened, world.state.feeds]).toEqual([1, 2])
    await world.pass(10_000)
    expect(world.workers).toHaveLength(2)
  })

  test('whose decoder breaks is replaced, and what it still says is not heard', async () => {
    await working()
    const [broken] = world.workers
    broken?.say({ kind: 'broken', because: 'memory access out of bounds' })
    broken?.say({ kind: 'read', text: 'QP1:LATE' })
    expect(world.workers).toHaveLength(2)
    expect(world.reports.filter(({ kind }) => kind === 'scan')).toEqual([])
  })

  test('is not blamed for a pause of the window itself', async () => {
    await working()
    // the window's thread stands still: no timer runs, nothing is read
    vi.setSystemTime(Date.now() + 20_000)
    await world.pass(1500)
    expect(world.workers).toHaveLength(1)
    expect(troubles()).toEqual([])
  })

  test('that reads with the slower decoder says so', async () => {
    await working()
    world.workers[0]?.say({ kind: 'started', decoder: 'zxing-library', insteadBecause: 'no WebAssembly' })
    expect(troubles()).toEqual(['slow-decoder'])
  })
})
