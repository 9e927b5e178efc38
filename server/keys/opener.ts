import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { RequestProblem } from '../http/problem.ts'
import type { FromWorker, OpenedEvent, OpeningKeys, ToWorker } from './opening-job.ts'

export interface Opener {
  /** What is in sealed events, in their order. @throws {RequestProblem} unavailable: too many are waiting, or the thread died */
  open(jwes: readonly string[]): Promise<readonly OpenedEvent[]>
  /** From now on opened with these. */
  use(keys: OpeningKeys): void
  stop(): Promise<void>
}

interface Waiting {
  readonly resolve: (opened: readonly OpenedEvent[]) => void
  readonly reject: (reason: unknown) => void
}

/** Batches that wait for a thread at most: some 3 s of work. More are told to come back. */
const LONGEST_QUEUE = 64

/** One core is left to the requests of doors. */
const THREADS = Math.max(1, Math.min(8, availableParallelism() - 1))

const busy = (): RequestProblem => new RequestProblem('unavailable', [], { 'retry-after': '5' })

/** Threads, each started when first needed and again after it died; what it was asked meanwhile is to be asked again. */
export function createOpener(onDeath: (error: unknown) => void): Opener {
  let keys: OpeningKeys = { seal: new Map(), pass: [] }
  const threads = Array.from({ length: THREADS }, () => openingThread(() => keys, onDeath))
  return {
    open: async (jwes) => {
      if (jwes.length === 0) return []
      const [idlest] = threads.toSorted((one, other) => one.waiting - other.waiting)
      if (!idlest || idlest.waiting >= LONGEST_QUEUE) throw busy()
      return idlest.open(jwes)
    },
    use: (newKeys) => {
      keys = newKeys
      for (const thread of threads) thread.say({ kind: 'keys', ...keys })
    },
    stop: async () => {
      await Promise.all(threads.map((thread) => thread.stop()))
    },
  }
}

interface OpeningThread extends Pick<Opener, 'open' | 'stop'> {
  readonly waiting: number
  /** nothing where it does not run */
  say(message: ToWorker): void
}

function openingThread(keys: () => OpeningKeys, onDeath: (error: unknown) => void): OpeningThread {
  const waiting = new Map<number, Waiting>()
  let jobs = 0
  let worker: Worker | undefined
  let stopped = false

  const start = (): Worker => {
    const young = new Worker(new URL('./opening-worker.ts', import.meta.url), { name: 'opener' })
    young.unref()
    const message: ToWorker = { kind: 'keys', ...keys() }
    young.postMessage(message)
    young.on('message', ({ job, opened }: FromWorker) => {
      waiting.get(job)?.resolve(opened)
      waiting.delete(job)
    })
    young.on('error', (error) => {
      if (!stopped) onDeath(error)
    })
    young.on('exit', () => {
      if (worker === young) worker = undefined
      for (const [job, { reject }] of waiting) {
        waiting.delete(job)
        reject(busy())
      }
    })
    return young
  }
  const say = (message: ToWorker): void => worker?.postMessage(message)
  return {
    get waiting() {
      return waiting.size
    },
    say,
    open: (jwes) => {
      if (stopped) return Promise.reject(busy())
      worker ??= start()
      return new Promise((resolve, reject) => {
        const job = ++jobs
        waiting.set(job, { resolve, reject })
        say({ kind: 'open', job, jwes })
      })
    },
    stop: async () => {
      stopped = true
      await worker?.terminate()
    },
  }
}
