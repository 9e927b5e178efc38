import { Worker } from 'node:worker_threads'
import type { FromWorker, JobKind, Jobs, ToWorker } from './document-job.ts'

interface Waiting {
  readonly resolve: (made: Jobs[JobKind]['made']) => void
  readonly reject: (reason: Error) => void
}

/** The typeface takes memory: a thread without work goes. */
const IDLE_MS = 30_000

const waiting = new Map<number, Waiting>()
let jobs = 0
let worker: Worker | undefined
let idle: NodeJS.Timeout | undefined

/** One thread for the process, started when first needed and again after it went; without work it keeps no process alive. */
function thread(): Worker {
  if (worker) return worker
  const young = new Worker(new URL('./document-worker.ts', import.meta.url), { name: 'documents' })
  young.on('message', ({ job, made }: FromWorker) => {
    const asked = waiting.get(job)
    waiting.delete(job)
    if (made === undefined) asked?.reject(new Error('the document could not be made'))
    else asked?.resolve(made)
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
      reject(new Error('the thread of documents died'))
    }
  })
  worker = young
  return young
}

/** @throws where it could not be done */
export function done<Kind extends JobKind>(kind: Kind, given: Jobs[Kind]['given']): Promise<Jobs[Kind]['made']> {
  clearTimeout(idle)
  const busy = thread()
  busy.ref()
  return new Promise((resolve, reject) => {
    const job = ++jobs
    waiting.set(job, { resolve, reject })
    const message: ToWorker = { job, kind, given }
    busy.postMessage(message)
  })
}
