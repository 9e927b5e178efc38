/** Runs in a worker: what hangs there can be stopped from outside. Passes and reader bytes, one case after the other. */
import { createHash } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { HANG, type Finding } from './finding.ts'
import { passCase } from './pass-case.ts'
import { randomOfCase } from './random.ts'
import { readerCase } from './reader-case.ts'
import type { TextCase, Verdict } from './text-case.ts'

const parts = { passes: passCase, readers: readerCase } as const
const Job = z.object({
  part: z.enum(['passes', 'readers']),
  seed: z.int(),
  from: z.int(),
  cases: z.int(),
  progress: z.instanceof(SharedArrayBuffer),
})
const { part, seed, from, cases, progress } = Job.parse(workerData)
const current = new Int32Array(progress)
const counts: Record<string, number> = {}
const findings: Finding[] = []

for (let index = from; index < from + cases; index++) {
  Atomics.store(current, 0, index)
  const one = parts[part](randomOfCase(seed, index))
  const verdict = verdictOn(one)
  const line = `${one.how}: ${verdict}`
  counts[line] = (counts[line] ?? 0) + 1
  const found = verdict === 'accepted' || verdict === 'hang' || verdict === 'thrown' ? verdict : undefined
  if (found) {
    const hash = createHash('sha256').update(one.input).digest('hex')
    findings.push({ kind: found, part, index, how: one.how, hash, input: Buffer.from(one.input).toString('hex') })
  }
}
parentPort?.postMessage({ counts, findings })

function verdictOn(one: TextCase): Verdict | 'hang' | 'thrown' {
  const started = performance.now()
  try {
    const verdict = one.run()
    // Slow by the wall clock may be the machine's fault: only the processor's time, measured apart, says hang.
    return performance.now() - started > HANG && processorTime(one) > HANG ? 'hang' : verdict
  } catch {
    return 'thrown'
  }
}

function processorTime(one: TextCase): number {
  const before = process.threadCpuUsage()
  one.run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
