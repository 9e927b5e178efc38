/**
 * `npm run faults -- --runs N --seed S [--lanes L] [--from R]`: random stories of scans at kiosk processes while the network
 * is cut, slow or lying, and kiosks, the server and PostgreSQL are killed, power is cut, disks are full and clocks are set.
 * Afterwards everything heals, the queues drain, and every scan whose result was shown must be in PostgreSQL once, as it was
 * shown. `--short`: short stories in one process, with the time they take pretended (model/).
 */
import fs from 'node:fs'
import { temporaryFolder } from '../../e2e/world.ts'
import { numberOption, percentile, report } from '../report.ts'
import { tellShortStories } from './model/short.ts'
import { play, type Findings } from './play.ts'
import { makeWorld } from './world.ts'

const args = process.argv.slice(2)
const seed = numberOption(args, 'seed', 1)
const first = numberOption(args, 'from', 0)

async function realStories(): Promise<number> {
  const runs = numberOption(args, 'runs', 300)
  const lanes = numberOption(args, 'lanes', 4)
  const folder = temporaryFolder('faults')
  const findings: Findings = { lost: 0, doubled: 0, opened_unrecorded: 0, wrong: 0, leaks: 0, scans: 0, felt: [] }
  const world = await makeWorld(folder)
  let next = first
  let failed = 0
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let run = next++; run < first + runs; run = next++) {
        const complaints = await play(run, seed, world, folder, findings)
        if (complaints.length > 0) {
          failed++
          console.error(`run ${run} of seed ${seed}: ${complaints.join('; ')}`)
        }
        if ((run + 1) % 25 === 0) console.error(`${run + 1} stories told`)
      }
    }),
  )
  await world.stop()
  fs.rmSync(folder, { recursive: true, force: true })
  const { felt, ...counts } = findings
  report('faults', {
    runs,
    seed,
    failed,
    ...counts,
    ...(felt.length > 0 ? { felt_p50_ms: percentile(felt, 50), felt_max_ms: percentile(felt, 100) } : {}),
  })
  return failed
}

async function shortStories(): Promise<number> {
  const runs = numberOption(args, 'runs', 10_000)
  const { failed, complaints, ...counts } = await tellShortStories({ runs, seed, first })
  for (const complaint of complaints.slice(0, 20)) console.error(complaint)
  report('faults', { runs, seed, failed, ...counts })
  return failed
}

process.exitCode = (await (args.includes('--short') ? shortStories() : realStories())) === 0 ? 0 : 1
