/**
 * `npm run bench -- camera --images DIR [--rounds N] [--visitors N]`: `DIR/index.jsonl` of {file, expected: [texts]} through
 * the worker that the kiosk ships, in real Electron, each image as it is and in the middle of a 720p frame; the same with
 * ZXing in JavaScript; people who walk up; codes in bad light; and how long the camera holds the window's own thread.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { drawClip, fakeCamera, onPhone, queueOf, writeClip } from '../e2e/camera/clips.ts'
import { damagedApplication } from '../e2e/camera/damaged.ts'
import { playToWorker, readPictures, workerUrl, type Picture, type Reading } from '../e2e/camera/deployed-worker.ts'
import type { Held } from '../e2e/camera/scene.ts'
import { launchBrowser } from '../e2e/kiosk-page.ts'
import { freePort, passIssuer, startKiosk, startServer, temporaryFolder, type Launch } from '../e2e/world.ts'
import { inBadLight } from './camera/bad-light.ts'
import { longestTasks } from './camera/longest-tasks.ts'
import { numberOption, percentile, report } from './report.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const HD = { width: 1280, height: 720 }

const Line = z.object({ file: z.string(), expected: z.array(z.string()), zxingWasm: z.boolean().optional() })
type Line = z.infer<typeof Line>

export async function camera(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--images')
  const images = at < 0 ? undefined : args[at + 1]
  if (images === undefined) throw new Error('--images needs a folder with an index.jsonl')
  const lines = fs
    .readFileSync(path.join(images, 'index.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Line.parse(JSON.parse(line)))
  const pictures = lines.map(({ file }): Picture => ({
    name: file,
    base64: fs.readFileSync(path.join(images, file)).toString('base64'),
  }))
  const folder = temporaryFolder('bench-camera')

  const deployed = await withWorker(path.join(folder, 'deployed'), {}, async (page, url) => {
    const read = await readPictures(page, url, pictures)
    const rounds: (readonly number[])[] = []
    for (let round = 0; round < numberOption(args, 'rounds', 5); round++)
      rounds.push((await readPictures(page, url, pictures, HD)).map(({ ms }) => ms))
    // an image's own median, so that what else the machine did in between is not the decoder's
    const times = pictures.map((_, image) =>
      percentile(
        rounds.map((round) => round[image] ?? NaN),
        50,
      ),
    )
    const browser = await launchBrowser()
    const walks = await walkUps(browser, page, url, numberOption(args, 'visitors', 12))
    const badLight = await inBadLight(browser, page, url)
    await browser.close()
    return { read, times, walks, badLight }
  })
  const application = damagedApplication(folder)
  const library = await withWorker(path.join(folder, 'library'), { application }, (page, url) =>
    readPictures(page, url, pictures),
  )
  const tasks = await windowTasks(folder)

  const seen = judge(lines, deployed.read)
  for (const miss of seen.missed) console.log(`not read: ${miss}`)
  for (const miss of seen.wrong) console.log(`wrong: ${miss}`)
  const times = deployed.times.toSorted((one, other) => one - other)
  const readIn = deployed.walks.filter((ms) => ms !== undefined)
  report('camera', {
    images: lines.length,
    with_a_code: lines.filter(({ expected }) => expected.length > 0).length,
    read: seen.read.length,
    wrong: seen.wrong.length,
    missed_of_zxing_wasm: seen.missed.length,
    ms_p50: percentile(times, 50),
    ms_p95: percentile(times, 95),
    library_read: judge(lines, library).read.length,
    library_wrong: judge(lines, library).wrong.length,
    walk_ups: deployed.walks.length,
    walk_ups_read: readIn.length,
    walk_up_mean_s: readIn.reduce((sum, ms) => sum + ms, 0) / readIn.length / 1000,
    ...deployed.badLight,
    ...tasks,
  })
  fs.rmSync(folder, { recursive: true, force: true })
}

/** A kiosk without a server and without a camera of its own: its page lends its origin and its policy. */
async function withWorker<T>(
  dataFolder: string,
  launch: Launch,
  work: (page: Page, url: string) => Promise<T>,
): Promise<T> {
  const nobody = {
    url: 'http://127.0.0.1:9',
    // a code that nobody will ever look at
    enrolment: 'DOPUSK-ENROL:http://127.0.0.1:9#000000000000',
    dataFolder: '',
    demo: { url: '', enrolment: '', rootKey: 'A'.repeat(43), samples: [] },
  }
  const kiosk = await startKiosk(
    nobody,
    dataFolder,
    { DOPUSK_CAMERA: 'off', DOPUSK_LOG_LEVEL: 'silent', DOPUSK_ENROL: nobody.enrolment },
    launch,
  )
  try {
    return await work(kiosk.window, workerUrl(launch.application ?? ROOT))
  } finally {
    await kiosk.close()
  }
}

/** The truth files were written by hand: their line ends are a newline, and blanks before them were lost. */
const plain = (text: string): string => text.replace(/[ \t]*\r?\n/g, '\n').trimEnd()

interface Judgement {
  readonly read: readonly string[]
  readonly wrong: readonly string[]
  readonly missed: readonly string[]
}

/** `missed`: ZXing-C++ reads them in its own tests (or, where nobody says, they have a code), and we did not. */
function judge(lines: readonly Line[], readings: readonly Reading[]): Judgement {
  const textOf = new Map(readings.map(({ name, text }) => [name, text]))
  const says = ({ expected }: Line, text: string): boolean => expected.some((one) => plain(one) === plain(text))
  const of = (which: (line: Line, text: string | undefined) => boolean): readonly string[] =>
    lines.filter((line) => which(line, textOf.get(line.file))).map(({ file }) => file)
  return {
    read: of((line, text) => text !== undefined && says(line, text)),
    wrong: of((line, text) => text !== undefined && !says(line, text)),
    missed: of((line, text) => text === undefined && (line.zxingWasm ?? line.expected.length > 0)),
  }
}

/** From the frame in which a visitor comes into the picture to the read, ms; each comes another way. */
async function walkUps(
  browser: Browser,
  page: Page,
  url: string,
  visitors: number,
): Promise<readonly (number | undefined)[]> {
  const times: (number | undefined)[] = []
  const ways: readonly Partial<Held>[] = [
    {},
    { as: 'paper', size: 0.5 },
    { as: 'dark-screen' },
    { turned: 15, x: 0.42 },
    { turned: 90, y: 0.45 },
    { size: 0.26, x: 0.6 },
    { size: 0.6 },
    { glare: { x: 0.12, y: -0.05, radius: 0.1 } },
  ]
  for (let visitor = 0; visitor < visitors; visitor++) {
    const code = `QP1:${String(visitor).padStart(4, '0')}${'7K3 M/V-P0Q$XZ.'.repeat(10).slice(0, 140)}`
    const way = ways[visitor % ways.length]
    const scene = queueOf([[onPhone(code, way)]], { ...HD, each: 52, entersIn: 10 + (visitor % 3) * 4 })
    const frames = (await drawClip(browser, scene)).map((frame) => frame.toString('base64'))
    // in the frame before, the hand is still beyond the edge of the picture
    times.push(await playToWorker(page, url, frames, (scene.visitors[0]?.entersAt ?? 0) + 1))
  }
  return times
}

/** The window's own thread while its camera works and is shown, and while it is off: the same screen, the same seconds. */
async function windowTasks(folder: string): Promise<Readonly<Record<string, number>>> {
  const server = await startServer(path.join(folder, 'server'), await freePort())
  const browser = await launchBrowser()
  const issue = await passIssuer(server)
  const clip = path.join(folder, 'clip.mjpeg')
  await writeClip(browser, clip, queueOf([[onPhone(issue())], [onPhone(issue())], []], HD))
  await browser.close()
  const measured: Record<string, number> = {}
  for (const which of ['any', 'off']) {
    const kiosk = await startKiosk(
      server,
      path.join(folder, `kiosk-${which}`),
      { DOPUSK_CAMERA: which },
      { switches: fakeCamera(clip) },
    )
    await kiosk.window.waitForSelector(which === 'any' ? '.camera-preview video' : '[data-screen=idle]')
    await new Promise((resolve) => setTimeout(resolve, 3000))
    const { longestMs, longestWorkMs, over16, busyPart } = await longestTasks(kiosk.app, 12_000)
    const name = which === 'any' ? 'window' : 'window_without'
    measured[`${name}_longest_task_ms`] = longestMs
    measured[`${name}_longest_work_ms`] = longestWorkMs
    measured[`${name}_works_over_16_ms`] = over16
    measured[`${name}_busy_percent`] = 100 * busyPart
    await kiosk.close()
  }
  await server.stop()
  return measured
}
