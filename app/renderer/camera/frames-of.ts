/** How frames get from a camera to the worker: as a stream of its own, or as pictures that this thread draws. */
import { createPace } from './pace.ts'
import type { ToWorker } from './worker-messages.ts'

/** Chromium's; not yet in the DOM types of TypeScript, where it is the worker's only. */
declare global {
  interface Window {
    readonly MediaStreamTrackProcessor?: new (init: {
      readonly track: MediaStreamTrack
      readonly maxBufferSize: number
    }) => { readonly readable: ReadableStream<VideoFrame> }
  }
}

type Post = (message: ToWorker, transfer: Transferable[]) => void

export interface Feed {
  /** The worker is done with the last picture: it may have another. */
  more(): void
  stop(): void
}

export function feedFrames(track: MediaStreamTrack, post: Post): Feed {
  if (window.MediaStreamTrackProcessor === undefined) return feedPictures(track, post)
  // one frame waits at most: a late worker gets the newest, never a queue
  const { readable } = new window.MediaStreamTrackProcessor({ track, maxBufferSize: 1 })
  post({ kind: 'frames', frames: readable }, [readable])
  return { more: () => undefined, stop: () => undefined }
}

/** The main thread draws each picture: 7 ms at 720p, so it is the second choice. */
function feedPictures(track: MediaStreamTrack, post: Post): Feed {
  const video = document.createElement('video')
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const pace = createPace()
  let free = true
  let stopped = false

  const onFrame = (): void => {
    if (stopped) return
    const { videoWidth: width, videoHeight: height } = video
    if (free && context && width > 0 && pace.isDue(performance.now())) {
      free = false
      if (context.canvas.width !== width || context.canvas.height !== height)
        Object.assign(context.canvas, { width, height })
      context.drawImage(video, 0, 0)
      const rgba = context.getImageData(0, 0, width, height).data.buffer
      post({ kind: 'picture', rgba, width, height }, [rgba])
    }
    video.requestVideoFrameCallback(onFrame)
  }
  video.muted = true
  video.srcObject = new MediaStream([track])
  video.requestVideoFrameCallback(onFrame)
  // refused only when it is stopped in the same moment
  video.play().catch(() => undefined)
  return {
    more: () => void (free = true),
    stop() {
      stopped = true
      video.srcObject = null
    },
  }
}
