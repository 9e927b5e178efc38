import path from 'node:path'
import { fakeCamera, onPhone, queueOf, writeClip } from '../../e2e/camera/clips.ts'
import { launchBrowser } from '../../e2e/kiosk-page.ts'
import { startKiosk, type ServerProcess } from '../../e2e/world.ts'

/** As often as the clip with its codes is played. */
const ROUNDS = 3
const CODES = 10

/**
 * Milliseconds from the first frame with a code (a white mark in its corner says so to a second reader of the same camera)
 * to its answer painted. Both clocks count from 1970 in fractions of a millisecond.
 */
export async function cameraToPainted(
  server: Pick<ServerProcess, 'url' | 'demo' | 'dataFolder'>,
  issue: () => string,
  folder: string,
): Promise<readonly number[]> {
  const browser = await launchBrowser()
  const clip = path.join(folder, 'codes.mjpeg')
  const queue = queueOf(
    Array.from({ length: CODES }, () => [onPhone(issue())]),
    { width: 1280, height: 720, each: 40, entersIn: 0 },
  )
  await writeClip(browser, clip, { ...queue, marked: true })
  await browser.close()

  const kiosk = await startKiosk(
    server,
    path.join(folder, 'camera-kiosk'),
    { DOPUSK_CAMERA: 'any' },
    { switches: fakeCamera(clip) },
  )
  await kiosk.window.waitForSelector('.camera-preview video')
  await kiosk.app.evaluate(({ ipcMain }) => {
    const painted: number[] = []
    Object.assign(globalThis, { painted })
    ipcMain.on('painted', () => void painted.push(performance.timeOrigin + performance.now()))
  })
  const ms = ROUNDS * (queue.frames / 30) * 1000
  const seen = await kiosk.window.evaluate(async (wait) => {
    // A stream of its own of the same camera: the preview is away while an answer is shown.
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 } })
    const [track] = stream.getVideoTracks()
    if (!track || !window.MediaStreamTrackProcessor) throw new Error('no camera is there')
    const { readable } = new window.MediaStreamTrackProcessor({ track, maxBufferSize: 1 })
    const corner = { rect: { x: 16, y: 16, width: 16, height: 16 } }
    const end = performance.now() + wait
    const times: number[] = []
    let marked = true
    for await (const frame of readable) {
      const at = performance.timeOrigin + performance.now()
      const bytes = new Uint8Array(frame.allocationSize(corner))
      await frame.copyTo(bytes, corner)
      frame.close()
      const isMarked = (bytes[100] ?? 0) > 225
      if (isMarked && !marked) times.push(at)
      marked = isMarked
      if (performance.now() > end) break
    }
    return times
  }, ms)
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const painted = await kiosk.app.evaluate(() => (globalThis as unknown as { painted: number[] }).painted)
  await kiosk.close()
  return seen.flatMap((at, index) => {
    const next = seen[index + 1] ?? Infinity
    return painted
      .filter((time) => time > at && time < next)
      .slice(0, 1)
      .map((time) => time - at)
  })
}
