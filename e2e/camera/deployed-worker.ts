/** Pictures through the worker that the kiosk ships, in a page of its own: as frames of a camera, their Y plane as one gives it. */
import fs from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'

export interface Picture {
  readonly name: string
  /** of an image file */
  readonly base64: string
}

export interface Reading {
  readonly name: string
  readonly text?: string
  /** searching it, in the worker */
  readonly ms: number
}

interface Size {
  readonly width: number
  readonly height: number
}

/** `app://…` of the built worker. */
export function workerUrl(application: string): string {
  const name = fs
    .readdirSync(path.join(application, 'out/renderer/assets'))
    .find((file) => /^decode-worker-.*\.js$/.test(file))
  if (!name) throw new Error('the camera’s worker is not built')
  return `app://kiosk/assets/${name}`
}

/**
 * Searches each picture: as it is, or (`within`) in the middle of a frame of that size. One after the other, as a camera
 * sends them; the kiosk's own camera is to be off.
 */
export async function readPictures(
  page: Page,
  url: string,
  pictures: readonly Picture[],
  within?: Size,
): Promise<readonly Reading[]> {
  return page.evaluate(
    async ({ address, list, frameSize }) => {
      const worker = new Worker(address, { type: 'module' })
      type Message =
        | { readonly kind: 'started' | 'pong' }
        | { readonly kind: 'looked'; readonly ms?: number }
        | { readonly kind: 'read'; readonly text: string }
        | { readonly kind: 'broken'; readonly because: string }
      const stream = new TransformStream<VideoFrame, VideoFrame>()
      worker.postMessage({ kind: 'every-frame' })
      worker.postMessage({ kind: 'frames', frames: stream.readable }, [stream.readable])
      const writer = stream.writable.getWriter()

      const lumaOf = async (base64: string): Promise<{ data: Uint8Array; width: number; height: number }> => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes]))
        const scale = frameSize ? Math.min(1, frameSize.width / bitmap.width, frameSize.height / bitmap.height) : 1
        const [width, height] = frameSize
          ? [frameSize.width, frameSize.height]
          : // chroma is kept for pairs of pixels
            [bitmap.width + (bitmap.width % 2), bitmap.height + (bitmap.height % 2)]
        const context = new OffscreenCanvas(width, height).getContext('2d')
        if (!context) throw new Error('no canvas')
        context.fillStyle = frameSize ? '#9a958c' : '#fff'
        context.fillRect(0, 0, width, height)
        const [w, h] = [bitmap.width * scale, bitmap.height * scale]
        const [x, y] = frameSize ? [(width - w) / 2, (height - h) / 2] : [0, 0]
        context.fillStyle = '#fff'
        context.fillRect(x, y, w, h)
        context.drawImage(bitmap, x, y, w, h)
        const rgba = context.getImageData(0, 0, width, height).data
        const data = new Uint8Array((width * height * 3) / 2).fill(128)
        for (let at = 0; at < width * height; at++)
          data[at] = (306 * (rgba[4 * at] ?? 0) + 601 * (rgba[4 * at + 1] ?? 0) + 117 * (rgba[4 * at + 2] ?? 0)) >> 10
        return { data, width, height }
      }

      const readings: { name: string; text?: string; ms: number }[] = []
      try {
        for (const [at, { name, base64 }] of list.entries()) {
          const { data, width, height } = await lumaOf(base64)
          const reading = new Promise<{ text?: string; ms: number }>((resolve, reject) => {
            let text: string | undefined
            worker.onmessage = ({ data: message }: MessageEvent<Message>) => {
              if (message.kind === 'read') text = message.text
              if (message.kind === 'broken') reject(new Error(message.because))
              if (message.kind === 'looked') resolve({ ...(text === undefined ? {} : { text }), ms: message.ms ?? NaN })
            }
            worker.onerror = ({ message }) => reject(new Error(message))
          })
          const frame = new VideoFrame(data, {
            format: 'I420',
            codedWidth: width,
            codedHeight: height,
            timestamp: at * 33_333,
          })
          await writer.write(frame)
          readings.push({ name, ...(await reading) })
        }
      } finally {
        worker.terminate()
      }
      return readings
    },
    { address: url, list: pictures, frameSize: within },
  )
}

/** A worker that reads as in service (its own pace), frames at 30 a second: ms from the frame numbered `from` to each read. */
export async function playToWorker(
  page: Page,
  url: string,
  frames: readonly string[],
  from: number,
): Promise<number | undefined> {
  return page.evaluate(
    async ({ address, list, first }) => {
      const worker = new Worker(address, { type: 'module' })
      const stream = new TransformStream<VideoFrame, VideoFrame>()
      worker.postMessage({ kind: 'frames', frames: stream.readable }, [stream.readable])
      const writer = stream.writable.getWriter()
      const bitmaps = await Promise.all(
        list.map((base64) =>
          createImageBitmap(new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))])),
        ),
      )
      let readAt: number | undefined
      worker.onmessage = ({ data }: MessageEvent<{ readonly kind: string }>) => {
        if (data.kind === 'read') readAt ??= performance.now()
      }
      // the decoder is there long before anybody comes
      await new Promise((resolve) => setTimeout(resolve, 500))
      const begun = performance.now()
      for (const [at, bitmap] of bitmaps.entries()) {
        const wait = begun + (at * 1000) / 30 - performance.now()
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
        await writer.write(new VideoFrame(bitmap, { timestamp: at * 33_333 }))
        bitmap.close()
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
      worker.terminate()
      return readAt === undefined ? undefined : readAt - (begun + (first * 1000) / 30)
    },
    { address: url, list: frames, first: from },
  )
}
