import { Worker } from 'node:worker_threads'
import { RequestProblem } from '../../http/problem.ts'
import type { FromWorker, OpenedEvent, OpeningKeys, ToWorker } from './job.ts'

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

/** Batches that wait at most: some 3 s of work. More are told to come back. */
const LONGEST_QUEUE = 64

const busy = (): RequestProblem => new RequestProblem('unavailable', [], { 'retry-after': '5' })

/** One thread, started when first needed and again after it died; what it was asked meanwhile is to be asked again. */
export function createOpener(onDeath: (error: unknown) => void): Opener {
  const waiting = new Map<number, Waiting>()
  let jobs = 0
  let keys: OpeningKeys = { seal: new Map(), pass: [] }
  let worker: Worker | undefined
  let stopped = false

  const start = (): Worker => {
    const young = new Worker(new URL('./worker.ts', import.meta.url), { name: 'opener' })
    young.unref()
    const say = (message: ToWorker): void => young.postMessage(message)
    say({ kind: 'keys', ...keys })
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
  return {
    open: (jwes) => {
      if (jwes.length === 0) return Promise.resolve([])
      if (stopped || waiting.size >= LONGEST_QUEUE) return Promise.reject(busy())
      const thread = (worker ??= start())
      return new Promise((resolve, reject) => {
        const job = ++jobs
        waiting.set(job, { resolve, reject })
        const message: ToWorker = { kind: 'open', job, jwes }
        thread.postMessage(message)
      })
    },
    use: (newKeys) => {
      keys = newKeys
      const message: ToWorker = { kind: 'keys', ...keys }
      worker?.postMessage(message)
    },
    stop: async () => {
      stopped = true
      await worker?.terminate()
    },
  }
}
