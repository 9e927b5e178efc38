import { Worker } from 'node:worker_threads'
import type { Finding } from './finding.ts'

export interface PartResult {
  readonly cases: number
  readonly counts: Readonly<Record<string, number>>
  readonly findings: readonly Finding[]
}

/** The same case for so many looks, ms apart: the worker will not come back. */
const LOOK = 1000
const LOOKS = 20

/** Runs a part in a worker and stops it when one input never ends. */
export function runTextPart(
  part: 'passes' | 'readers',
  seed: number,
  from: number,
  cases: number,
): Promise<PartResult> {
  const progress = new SharedArrayBuffer(4)
  const current = new Int32Array(progress)
  const worker = new Worker(new URL('./fuzz-text.ts', import.meta.url), {
    workerData: { part, seed, from, cases, progress },
  })
  return new Promise((resolve, reject) => {
    let last = -1
    let same = 0
    const watch = setInterval(() => {
      const now = Atomics.load(current, 0)
      same = now === last ? same + 1 : 0
      last = now
      if (same < LOOKS) return
      finish({ cases: now - from, counts: {}, findings: [stuck(now)] })
      void worker.terminate()
    }, LOOK)
    const stuck = (index: number): Finding => {
      const input = `run again with --part ${part} --from ${index} --cases 1`
      return { kind: 'hang', part, index, how: 'never ends', hash: '', input }
    }
    const finish = (result: PartResult): void => {
      clearInterval(watch)
      resolve(result)
    }
    worker.once('message', (message: Pick<PartResult, 'counts' | 'findings'>) => finish({ cases, ...message }))
    worker.once('error', (error: Error) => {
      clearInterval(watch)
      reject(error)
    })
  })
}
