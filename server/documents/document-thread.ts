import { Worker } from 'node:worker_threads'
import type { FromWorker, JobKind, Jobs, ToWorker } from './document-job.ts'

interface Asked extends ToWorker {
  readonly resolve: (made: Jobs[JobKind]['made']) => void
  readonly reject: (reason: Error) => void
}

/** The typeface takes memory: a thread without work goes. */
const IDLE_MS = 30_000
/** Of its heap: a job that wants more takes the thread down with it, not the process. The largest list needs less than 400. */
const MOST_MEGABYTES = 1024

/** What was asked of a thread that died of it. */
export class DocumentThreadDied extends Error {
  override readonly name = 'DocumentThreadDied'
}

const waiting: Asked[] = []
/** One at a time: so it is known which job a thread died of. */
let doing: Asked | undefined
let worker: Worker | undefined
let idle: NodeJS.Timeout | undefined

/** One thread for the process, started when first needed and again after it went; without work it keeps no process alive. */
function thread(): Worker {
  if (worker) return worker
  const young = new Worker(new URL('./document-worker.ts', import.meta.url), {
    name: 'documents',
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  young.on('message', ({ made }: FromWorker) => {
    const asked = doing
    doing = undefined
    if (made === undefined) asked?.reject(new Error('the document could not be made'))
    else asked?.resolve(made)
    next()
  })
  // what it died of follows as its exit
  young.on('error', () => undefined)
  young.on('exit', () => {
    if (worker !== young) return
    worker = undefined
    doing?.reject(new DocumentThreadDied('the thread of documents died'))
    doing = undefined
    // what waits is none of its fault: another thread does it
    next()
  })
  worker = young
  return young
}

function next(): void {
  if (doing) return
  doing = waiting.shift()
  if (doing) {
    clearTimeout(idle)
    const { kind, given } = doing
    const busy = thread()
    busy.ref()
    busy.postMessage({ kind, given } satisfies ToWorker)
    return
  }
  const resting = worker
  if (!resting) return
  resting.unref()
  idle = setTimeout(() => {
    worker = undefined
    void resting.terminate()
  }, IDLE_MS).unref()
}

/** @throws where it could not be done */
export function done<Kind extends JobKind>(kind: Kind, given: Jobs[Kind]['given']): Promise<Jobs[Kind]['made']> {
  return new Promise((resolve, reject) => {
    waiting.push({ kind, given, resolve, reject })
    next()
  })
}
