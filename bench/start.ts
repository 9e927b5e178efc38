/**
 * `npm run bench -- start [--rounds N]`: process start → ready. Kiosk: its window listens and shows; server: it answers. First is
 * an empty data folder (the server's: initdb and migrations), later is one that was used before.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'
import { ended, freePort, kioskEnvironment, startServer, temporaryFolder } from '../e2e/world.ts'
import { enrolmentAt } from '../e2e/enrolment.ts'
import { numberOption, percentile, report } from './report.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const ELECTRON = path.join(ROOT, 'node_modules/electron/dist/electron')

/** Milliseconds until the kiosk's window is there, and what the kiosk then holds in memory (PSS of all its processes, MB). */
async function startKioskOnce(environment: Record<string, string>): Promise<{ ms: number; mb: number }> {
  const start = performance.now()
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(ELECTRON, [...sandbox, '.'], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    readline.createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.includes('"window ready"')) resolve()
    })
    child.on('exit', (code) => reject(new Error(`the kiosk ended with ${code}`)))
  })
  const ms = performance.now() - start
  await new Promise((resolve) => setTimeout(resolve, 2000))
  const mb = memoryOf(child)
  child.kill('SIGTERM')
  await ended(child)
  return { ms, mb }
}

/** Proportional set size of a process and all below it: what is shared is counted once. Linux. */
function memoryOf(child: ChildProcess): number {
  const parents = new Map<number, number>()
  for (const name of fs.readdirSync('/proc')) {
    try {
      const stat = /^\d+$/.test(name) ? fs.readFileSync(`/proc/${name}/stat`, 'utf8') : ''
      const ppid = /\) \S (\d+)/.exec(stat)?.[1]
      if (ppid) parents.set(Number(name), Number(ppid))
    } catch {
      // gone meanwhile
    }
  }
  const isOurs = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === child.pid || isOurs(parents.get(pid)))
  let kilobytes = 0
  for (const pid of parents.keys()) {
    if (!isOurs(pid)) continue
    const rollup = fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
  }
  return kilobytes / 1024
}

export async function start(args: readonly string[]): Promise<void> {
  const rounds = numberOption(args, 'rounds', 5)
  const folder = temporaryFolder('bench-start')
  const serverFirst: number[] = []
  const serverLater: number[] = []
  const kioskFirst: number[] = []
  const kioskLater: number[] = []
  const memory: number[] = []
  for (let round = 0; round < rounds; round++) {
    const serverFolder = path.join(folder, `server-${round}`)
    const port = await freePort()
    const time = async (into: number[]): Promise<Awaited<ReturnType<typeof startServer>>> => {
      const begin = performance.now()
      const server = await startServer(serverFolder, port)
      into.push(performance.now() - begin)
      return server
    }
    await (await time(serverFirst)).stop()
    const server = await time(serverLater)
    const environment = kioskEnvironment(await enrolmentAt(server), server.demo, path.join(folder, `kiosk-${round}`))
    kioskFirst.push((await startKioskOnce(environment)).ms)
    const later = await startKioskOnce(environment)
    kioskLater.push(later.ms)
    memory.push(later.mb)
    await server.stop()
  }
  fs.rmSync(folder, { recursive: true, force: true })
  report('start', {
    kiosk_first_ms: percentile(kioskFirst, 50),
    kiosk_later_ms: percentile(kioskLater, 50),
    kiosk_rss_mb: percentile(memory, 50),
    server_first_ms: percentile(serverFirst, 50),
    server_later_ms: percentile(serverLater, 50),
    rounds,
  })
}
