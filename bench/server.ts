/**
 * Durable admissions over HTTP, beside the least that node:http can do with the same request and beside single-row
 * inserts; in interleaved rounds, since a machine's speed changes while one measures.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pino } from 'pino'
import { z } from 'zod'
import { localPostgres } from '../server/postgres/local-postgres.ts'
import { migrate } from '../server/db/migrate.ts'
import { openDatabase } from '../server/db/pool.ts'
import { workingDevice } from '../server/testing/devices.ts'
import { addAccessPoint, addVenue } from '../server/venues/venues.store.ts'
import { newHandle, newSigningKey, signPass } from '../server/passes/pass-signing.io.ts'
import { numberOption, percentile, report } from './report.ts'
import { cpuTime } from './server/cpu.ts'
import { inserter, inserts } from './server/inserts.ts'
import { generator, load, type LoadResult } from './server/load.ts'

const root = join(import.meta.dirname, '..')
const median = (values: readonly number[]): number => percentile(values, 50)

/** Distinct passes shown again and again: printed ones, good for 90 days. */
const WARM_PASSES = 5000

interface Door {
  readonly token: string
  readonly accessPoint: number
  readonly warm: string
  /** as many as a run can show for the first time */
  readonly fresh: string
}

async function makeDoor(databaseUrl: string, folder: string, freshPasses: number): Promise<Door> {
  const db = openDatabase(databaseUrl, pino({ level: 'silent' }), 1)
  await migrate(db.sql)
  const venue = await addVenue(db.sql, 'BENCH', 'Bench')
  const { id: accessPoint } = await addAccessPoint(db.sql, venue, 'In', 'entry')
  const { token } = await workingDevice(db.sql, join(folder, 'keys'), accessPoint)
  const key = await newSigningKey(db.sql, join(folder, 'keys'), 'static')
  await db.close()
  const expiresAt = Math.floor(Date.now() / 1000) + 30 * 86_400
  const passes = (count: number): string =>
    Array.from({ length: count }, () => signPass(key, { handle: newHandle(randomBytes), expiresAt }) + '\n').join('')
  const [warm, fresh] = [join(folder, 'warm.txt'), join(folder, 'fresh.txt')]
  writeFileSync(warm, passes(WARM_PASSES))
  writeFileSync(fresh, passes(freshPasses))
  return { token, accessPoint, warm, fresh }
}

interface Part {
  readonly child: ChildProcess
  readonly url: string
}
const Listening = z.object({ msg: z.literal('listening'), url: z.string() })

function start(file: string, environment: Record<string, string>): Promise<Part> {
  const options = process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? []
  const child = spawn(process.execPath, [...options, join(root, file)], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { success, data } = Listening.safeParse(JSON.parse(line))
      if (success) resolve({ child, url: data.url })
    })
  })
}

interface Round {
  readonly bare: LoadResult
  readonly warm: LoadResult
  readonly fresh: LoadResult
  readonly insert32: number
  readonly insert64: number
  /** CPU microseconds an admission (warm) */
  readonly nodeCpu: number
  readonly databaseCpu: number
}

/** `--rounds N --seconds S --connections C` */
export async function server(args: readonly string[]): Promise<void> {
  const rounds = numberOption(args, 'rounds', 5)
  const seconds = numberOption(args, 'seconds', 4)
  const connections = numberOption(args, 'connections', 64)
  const folder = mkdtempSync(join(tmpdir(), 'dopusk-bench-'))
  const postgres = await localPostgres(join(folder, 'postgres'))
  const parts: Part[] = []
  try {
    const freshPerRound = 15_000 * seconds
    const door = await makeDoor(postgres.url, folder, freshPerRound * rounds)
    const environment = {
      DATABASE_URL: postgres.url,
      DOPUSK_DATA: folder,
      PORT: '0',
      DOPUSK_DEMO: '0',
      LOG_LEVEL: 'info',
    }
    const [ours, bare] = [await start('server/main.ts', environment), await start('bench/server/bare.ts', {})]
    parts.push(ours, bare)
    const postmaster = Number(readFileSync(join(folder, 'postgres', 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])
    const run = (url: string, passes: string, first: number, duration = seconds): Promise<LoadResult> =>
      load({ url, connections, seconds: duration, passes, first, token: door.token, accessPoint: door.accessPoint })
    // compiled, connected, and each warm pass seen
    for (const { url } of parts) await run(url, door.warm, 0, 2)
    const measured: Round[] = []
    for (let round = 0; round < rounds; round++) {
      const bareResult = await run(bare.url, door.warm, 0)
      const before = { node: cpuTime(ours.child.pid ?? 0), database: cpuTime(postmaster) }
      const warm = await run(ours.url, door.warm, 0)
      const nodeCpu = (cpuTime(ours.child.pid ?? 0) - before.node) / warm.requests
      const databaseCpu = (cpuTime(postmaster) - before.database) / warm.requests
      const insert32 = await inserts(postgres.url, folder, 32, seconds)
      const fresh = await run(ours.url, door.fresh, freshPerRound * round)
      const insert64 = await inserts(postgres.url, folder, 64, seconds)
      measured.push({ bare: bareResult, warm, fresh, insert32, insert64, nodeCpu, databaseCpu })
    }
    report('server', metricsOf(measured))
  } finally {
    for (const { child } of parts) {
      child.removeAllListeners('exit')
      child.kill('SIGTERM')
    }
    await Promise.all(parts.map(({ child }) => new Promise((resolve) => child.once('exit', resolve))))
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Medians of the rounds; ratios of medians. The better of 32 and 64 clients is the insert to beat. */
function metricsOf(rounds: readonly Round[]): Record<string, number | string> {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick))
  const admissions = of(({ warm }) => warm.rps)
  const bare = of((round) => round.bare.rps)
  const insert = Math.max(
    of(({ insert32 }) => insert32),
    of(({ insert64 }) => insert64),
  )
  const p99 = of(({ warm }) => warm.p99_ms)
  const bareP99 = of((round) => round.bare.p99_ms)
  const fresh = of((round) => round.fresh.rps)
  const [node, database] = [of(({ nodeCpu }) => nodeCpu), of(({ databaseCpu }) => databaseCpu)]
  return {
    admissions_rps: admissions,
    bare_rps: bare,
    insert_rps: insert,
    ratio_bare: admissions / bare,
    ratio_insert: admissions / insert,
    p50_ms: of(({ warm }) => warm.p50_ms),
    p99_ms: p99,
    bare_p99_ms: bareP99,
    ratio_p99: p99 / bareP99,
    cpu_us: node + database,
    cpu_node_us: node,
    cpu_database_us: database,
    fresh_rps: fresh,
    ratio_bare_fresh: fresh / bare,
    fresh_p99_ms: of((round) => round.fresh.p99_ms),
    load: generator,
    inserts: inserter,
  }
}
