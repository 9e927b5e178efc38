import { Worker } from 'node:worker_threads'
import type { Drawing, FromDrawer, ToDrawer } from './drawing-job.ts'

interface Waiting {
  readonly resolve: (pdf: Buffer) => void
  readonly reject: (reason: Error) => void
}

/** The typeface takes memory: a thread without work goes. */
const IDLE_MS = 30_000

const waiting = new Map<number, Waiting>()
let jobs = 0
let worker: Worker | undefined
let idle: NodeJS.Timeout | undefined

/** One thread for the process, started when first needed and again after it went; it keeps no process alive. */
function thread(): Worker {
  if (worker) return worker
  const young = new Worker(new URL('./drawing-worker.ts', import.meta.url), { name: 'drawer' })
  young.unref()
  young.on('message', ({ job, pdf }: FromDrawer) => {
    const asked = waiting.get(job)
    waiting.delete(job)
    if (pdf) asked?.resolve(Buffer.from(pdf))
    else asked?.reject(new Error('the document could not be drawn'))
    if (waiting.size > 0) return
    young.unref()
    idle = setTimeout(() => {
      worker = undefined
      void young.terminate()
    }, IDLE_MS).unref()
  })
  // what it died of follows as its exit
  young.on('error', () => undefined)
  young.on('exit', () => {
    if (worker !== young) return
    worker = undefined
    for (const [job, { reject }] of waiting) {
      waiting.delete(job)
      reject(new Error('the thread that draws died'))
    }
  })
  worker = young
  return young
}

export function drawn(drawing: Drawing): Promise<Buffer> {
  clearTimeout(idle)
  const drawer = thread()
  drawer.ref()
  return new Promise((resolve, reject) => {
    const job = ++jobs
    waiting.set(job, { resolve, reject })
    const message: ToDrawer = { job, drawing }
    drawer.postMessage(message)
  })
}
