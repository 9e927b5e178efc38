/**
 * `npm run faults -- --runs N --seed S [--lanes L]`: random stories of scans at kiosk processes while answers are lost, the
 * network is cut or stalls, and kiosks, the server and PostgreSQL are killed with SIGKILL. Afterwards everything heals, the
 * queues drain, and every scan whose result was shown must be in PostgreSQL once, as it was shown.
 */
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { freePort, passIssuer, startServer, temporaryFolder, type ServerProcess } from '../../e2e/world.ts'
import { localPostgres } from '../../server/db/local-postgres.ts'
import { numberOption, report } from '../report.ts'
import { makeDoor, type Door, type Presentation } from './door.ts'
import { startProxy } from './proxy.ts'
import { randomFrom, tellStory, type Step } from './story.ts'

const RESTRICTED = 4000
const DRAIN_WITHIN_MS = 120_000

interface Findings {
  lost: number
  doubled: number
  opened_unrecorded: number
  scans: number
}

interface World {
  readonly db: pg.Pool
  readonly issue: (claims?: { handle: string }) => string
  readonly restricted: string[]
  /** All lanes share one server: a kill by one is everybody's weather. */
  restart(kill: 'server' | 'postgres'): Promise<void>
  server(): ServerProcess
  stop(): Promise<void>
}

async function makeWorld(folder: string): Promise<World> {
  const serverFolder = path.join(folder, 'server')
  const postgresFolder = path.join(serverFolder, 'postgres')
  const port = await freePort()
  let server = await startServer(serverFolder, port)
  const restarting = { done: Promise.resolve() }
  const restricted = Array.from({ length: RESTRICTED }, () => randomHandle())
  const open = async (): Promise<pg.Pool> => {
    const pool = new pg.Pool({ connectionString: (await localPostgres(postgresFolder)).url, max: 4 })
    pool.on('error', () => undefined)
    return pool
  }
  let pool = await open()
  await pool.query(
    `insert into restrictions (handle, kind, deny_from, deny_until, reason)
     select decode(h, 'hex'), 'restricted', now() - interval '1 hour', now() + interval '1 day', 'faults'
     from unnest($1::text[]) h`,
    [restricted],
  )
  await server.stop()
  server = await startServer(serverFolder, port)
  await pool.end()
  pool = await open()
  const issue = await passIssuer(server)
  const restart = async (kill: 'server' | 'postgres'): Promise<void> => {
    if (kill === 'postgres') return killPostgres(postgresFolder)
    await server.kill()
    server = await startServer(serverFolder, port)
  }
  return {
    get db() {
      return pool
    },
    issue,
    restricted,
    server: () => server,
    restart(kill) {
      restarting.done = restarting.done.then(() => restart(kill))
      return restarting.done
    },
    async stop() {
      await restarting.done
      await pool.end()
      await server.stop()
    },
  }
}

/** As a crash would: the postmaster at once, its children find out. The server has to bring it back by itself. */
function killPostgres(folder: string): void {
  const pid = Number(fs.readFileSync(path.join(folder, 'pg/postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGKILL')
}

const randomHandle = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(10))).toString('hex')

async function play(run: number, seed: number, world: World, folder: string, findings: Findings): Promise<string[]> {
  const random = randomFrom(seed * 1_000_003 + run)
  const story = tellStory(random)
  const proxy = await startProxy(Number(new URL(world.server().url).port))
  const kioskFolder = path.join(folder, `kiosk-${run}`)
  const presentations: Presentation[] = []
  const wrong: string[] = []

  const door = makeDoor(kioskFolder, proxy, world.server().demo.deviceToken, async (presentation) => {
    if (await writtenDown(presentation, kioskFolder, world)) return
    findings.opened_unrecorded++
    wrong.push(`opened before it was written down: scan ${presentations.indexOf(presentation)}`)
  })
  await door.start()
  for (const step of story) await act(step, door, proxy.become, presentations, world)

  proxy.become('fair')
  await drained(door, wrong)
  for (const presentation of presentations) await compare(presentation, world, findings, wrong)
  findings.scans += presentations.length
  await door.stop()
  proxy.close()
  fs.rmSync(kioskFolder, { recursive: true, force: true })
  return wrong
}

async function act(
  step: Step,
  door: Door,
  become: (weather: 'fair' | 'cut' | 'stalled' | 'replies-lost') => void,
  presentations: Presentation[],
  world: World,
): Promise<void> {
  switch (step.kind) {
    case 'scan': {
      const handle = (step.restricted ? world.restricted.pop() : undefined) ?? randomHandle()
      const presentation: Presentation = { handle, text: world.issue({ handle }), opened: false }
      presentations.push(presentation)
      return door.scan(presentation)
    }
    case 'weather':
      return become(step.weather)
    case 'pause':
      return pause(step.ms)
    case 'kill-kiosk': {
      // In the middle of a scan: the scan is under way while the clock runs.
      const handle = randomHandle()
      const presentation: Presentation = { handle, text: world.issue({ handle }), opened: false }
      presentations.push(presentation)
      const scanned = door.scan(presentation)
      await pause(step.afterMs)
      await door.kill()
      await scanned
      return door.start()
    }
    case 'kill-server':
      await pause(step.afterMs)
      return void world.restart('server')
    case 'kill-postgres':
      await pause(step.afterMs)
      return void world.restart('postgres')
  }
}

/** In PostgreSQL, or in the kiosk's own queue file (its bytes: nobody is asked to say so). */
async function writtenDown({ handle, text }: Presentation, kioskFolder: string, world: World): Promise<boolean> {
  for (const file of ['queue.db', 'queue.db-wal']) {
    const bytes = path.join(kioskFolder, file)
    if (fs.existsSync(bytes) && fs.readFileSync(bytes).includes(text)) return true
  }
  return (await rowsOf(handle, world)).length > 0
}

async function rowsOf(handle: string, world: World): Promise<readonly { readonly let_in: boolean }[]> {
  for (let attempt = 0; ; attempt++) {
    try {
      const { rows } = await world.db.query<{ let_in: boolean }>(
        `select entered_at is not null as let_in from visits where pass_handle = decode($1, 'hex')`,
        [handle],
      )
      return rows
    } catch (error) {
      if (attempt > 100) throw error
      await pause(200)
    }
  }
}

async function drained(door: Door, wrong: string[]): Promise<void> {
  const end = Date.now() + DRAIN_WITHIN_MS
  for (;;) {
    const { count, dead } = await door.waiting()
    if (dead > 0) wrong.push(`${dead} dead letters`)
    if (count === 0) return
    if (Date.now() > end) return void wrong.push(`${count} events still queued after ${DRAIN_WITHIN_MS / 1000} s`)
    await pause(100)
  }
}

async function compare(presentation: Presentation, world: World, findings: Findings, wrong: string[]): Promise<void> {
  const rows = await rowsOf(presentation.handle, world)
  const said = presentation.result
  if (rows.length > 1) {
    findings.doubled++
    wrong.push(`recorded ${rows.length} times`)
  }
  if (said === undefined) return
  const [row] = rows
  if (!row) {
    findings.lost++
    wrong.push(`${said} on the screen, nothing in PostgreSQL`)
  } else if (row.let_in !== (said === 'granted')) {
    findings.lost++
    wrong.push(`${said} on the screen, ${row.let_in ? 'let in' : 'refused'} in PostgreSQL`)
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const args = process.argv.slice(2)
const runs = numberOption(args, 'runs', 300)
const seed = numberOption(args, 'seed', 1)
const lanes = numberOption(args, 'lanes', 4)
const first = numberOption(args, 'from', 0)
const folder = temporaryFolder('faults')
const findings: Findings = { lost: 0, doubled: 0, opened_unrecorded: 0, scans: 0 }
const world = await makeWorld(folder)
let next = first
let failed = 0
await Promise.all(
  Array.from({ length: lanes }, async () => {
    for (let run = next++; run < first + runs; run = next++) {
      const wrong = await play(run, seed, world, folder, findings)
      if (wrong.length > 0) {
        failed++
        console.error(`run ${run} of seed ${seed}: ${wrong.join('; ')}`)
      }
      if ((run + 1) % 25 === 0) console.error(`${run + 1} stories told`)
    }
  }),
)
await world.stop()
fs.rmSync(folder, { recursive: true, force: true })
report('faults', { runs, seed, failed, ...findings })
process.exitCode = failed === 0 ? 0 : 1
