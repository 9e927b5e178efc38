/** Draws PDFs: 250 ms of work each, on a thread of its own, so that no scan waits for a poster. */
import { parentPort } from 'node:worker_threads'
import { assertNever } from '../contract/assert-never.ts'
import { drawAppendix1 } from './appendix1-drawing.ts'
import type { Drawing, FromDrawer, ToDrawer } from './drawing-job.ts'
import { drawPoster } from './poster-drawing.ts'

const port = parentPort
port?.on('message', ({ job, drawing }: ToDrawer) => {
  const answer = (reply: FromDrawer): void => port.postMessage(reply)
  void draw(drawing).then(
    (pdf) => answer({ job, pdf }),
    () => answer({ job }),
  )
})

async function draw(drawing: Drawing): Promise<Buffer> {
  switch (drawing.kind) {
    case 'poster':
      return drawPoster(drawing.poster)
    case 'appendix1':
      return drawAppendix1(drawing.application)
    default:
      return assertNever(drawing)
  }
}
