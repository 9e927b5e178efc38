/**
 * npm run fuzz -- [--cases N] [--seed S] [--part passes|readers|endpoints] [--from INDEX]
 *
 * Bad input of every kind. Exit 1 when a pass that nobody issued was accepted, an input held the processor for over a
 * second, or the server answered 5xx or closed the connection. `--part P --from INDEX --cases 1 --seed S` runs one case
 * again.
 */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { report } from '../report.ts'
import { fuzzEndpoints } from './fuzz-endpoints.ts'
import type { Finding } from './finding.ts'
import { runTextPart, type PartResult } from './run-text-part.ts'

const Options = z.object({
  cases: z.coerce.number().int().min(1).default(20_000),
  seed: z.coerce
    .number()
    .int()
    .default(() => Date.now() % 1_000_000),
  from: z.coerce.number().int().min(0).default(0),
  part: z.enum(['passes', 'readers', 'endpoints']).optional(),
})
const text = { type: 'string' } as const
const { values } = parseArgs({ options: { cases: text, seed: text, from: text, part: text } })
const options = Options.parse(values)

/** How the cases are shared out where no part is named. */
const share = { passes: 0.7, readers: 0.2, endpoints: 0.1 } as const
const parts = options.part ? [options.part] : (['passes', 'readers', 'endpoints'] as const)

const results: PartResult[] = []
for (const part of parts) {
  const cases = options.part ? options.cases : Math.max(1, Math.round(options.cases * share[part]))
  const started = performance.now()
  const result = await run(part, cases)
  results.push(result)
  const seconds = (performance.now() - started) / 1000
  console.log(`${part}: ${result.cases} cases in ${seconds.toFixed(1)} s, seed ${options.seed}`)
  for (const [how, count] of Object.entries(result.counts).toSorted()) console.log(`  ${how.padEnd(28)} ${count}`)
}

const findings = results.flatMap((result) => result.findings)
for (const { kind, part, index, how, hash, input } of findings.slice(0, 20)) {
  console.log(`${kind}: ${part} case ${index} (${how}), sha256 ${hash}\n  ${input.slice(0, 2000)}`)
  console.log(`  again: npm run fuzz -- --part ${part} --from ${index} --cases 1 --seed ${options.seed}`)
}
const count = (kind: Finding['kind']): number => findings.filter((finding) => finding.kind === kind).length
const metrics = {
  cases: results.reduce((sum, result) => sum + result.cases, 0),
  accepted: count('accepted'),
  hangs: count('hang'),
  thrown: count('thrown'),
  server_errors: count('server_error'),
}
report('fuzz', metrics)
process.exit(findings.length === 0 ? 0 : 1)

function run(part: 'passes' | 'readers' | 'endpoints', cases: number): Promise<PartResult> {
  return part === 'endpoints'
    ? fuzzEndpoints(options.seed, options.from, cases)
    : runTextPart(part, options.seed, options.from, cases)
}
