/** The worker that reads the camera: pictures in, codes out. Served with a policy of its own that lets WebAssembly run. */
import { assertNever } from '../../../contract/assert-never.ts'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { createFrameLuma } from './frame-luma.ts'
import { createLook, isOurs } from './look.ts'
import { createRoom, lumaOfRgba, type Luma } from './luma.ts'
import { createPace, everyFrame, type Pace } from './pace.ts'
import { startDecoder } from './start-decoder.ts'
import { createTelling, type Telling } from './telling.ts'
import { createUnread, nobodyToHelp, type Unread } from './unread.ts'
import type { FromWorker, ToWorker } from './worker-messages.ts'

const tell = (message: FromWorker): void => postMessage(message)
const now = (): number => performance.now()

const started = startDecoder(async () => {
  const response = await fetch(wasmUrl)
  if (!response.ok) throw new Error(`the code reader cannot be fetched: ${response.status}`)
  return response.arrayBuffer()
}).then(({ decoder, insteadBecause }) => {
  tell({ kind: 'started', decoder: decoder.name, ...(insteadBecause === undefined ? {} : { insteadBecause }) })
  return decoder
})

let pace: Pace = createPace()
let telling: Telling = createTelling()
let unread: Unread = createUnread()
let ours = isOurs
/** Counts the streams: frames of an earlier one are not looked at any more. */
let streams = 0
let look: ((picture: Luma) => void) | undefined

async function lookAt(picture: Luma): Promise<void> {
  const decoder = await started
  look ??= createLook({ decoder, pace, telling, unread, ours, now, tell })
  look(picture)
}

async function watch(frames: ReadableStream<VideoFrame>): Promise<void> {
  const mine = ++streams
  const reader = frames.getReader()
  const lumaOf = createFrameLuma()
  for (;;) {
    const { value: frame, done } = await reader.read()
    if (done) return
    try {
      if (mine !== streams) return void (await reader.cancel())
      // what is not due is let go at once, so that the next one is fresh
      if (pace.isDue(now())) await lookAt(await lumaOf(frame))
    } finally {
      frame.close()
    }
  }
}

const rgbaRoom = createRoom()

async function take(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'frames':
      return watch(message.frames)
    case 'picture':
      return lookAt(lumaOfRgba(new Uint8Array(message.rgba), message.width, message.height, rgbaRoom))
    case 'every-frame':
      pace = everyFrame
      telling = { isNews: () => true, afresh: () => undefined }
      unread = nobodyToHelp
      ours = () => true
      look = undefined
      return
    case 'afresh':
      telling.afresh()
      return
    case 'ping':
      tell({ kind: 'pong' })
      return
    default:
      return assertNever(message)
  }
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  take(data).catch((error: unknown) => tell({ kind: 'broken', because: String(error) }))
})
