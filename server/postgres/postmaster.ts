/** What `postmaster.pid` says, and whether it is true: after a power cut or a container's restart it often is not. */
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'

/** ms: a server that was killed under load replays its log first */
const recoveryPatience = 60_000

const Failure = z.object({ code: z.string() })
const Setting = z.object({ data_directory: z.string() })

interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** The PostgreSQL that runs on this data folder and takes our password, once it is ready; or nothing. */
export async function postmasterIn(data: string, urlOf: (port: number) => string): Promise<Postmaster | undefined> {
  const until = performance.now() + recoveryPatience
  for (;;) {
    const said = readPid(data)
    if (!said) return undefined
    const state = await ask(urlOf(said.port), data)
    if (state === 'ours') return said
    if (state === 'other' || performance.now() > until) return undefined
    await sleep(50)
  }
}

/**
 * Removes a `postmaster.pid` whose process id belongs to some other program by now; PostgreSQL would refuse to start.
 * Only where /proc can prove that nothing of this cluster lives on: every PostgreSQL process has the data folder as its
 * working directory.
 */
export function removeStalePid(data: string): void {
  const said = readPid(data)
  if (!said || !existsSync('/proc/self/cwd')) return
  const home = realpathSync(data)
  const lives = readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && linkOf(`/proc/${pid}/cwd`) === home)
  const taken = linkOf(`/proc/${said.pid}/exe`)
  if (!lives && taken !== undefined && basename(taken) !== 'postgres') rmSync(join(data, 'postmaster.pid'))
}

/** Line 1 is the process id, line 4 the port; a file still being written lacks the latter. */
export function readPid(data: string): Postmaster | undefined {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  return pid > 0 && port > 0 ? { pid, port } : undefined
}

async function ask(url: string, data: string): Promise<'ours' | 'starting' | 'other'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  // a server that dies while it is asked says so twice; the first time is the answer
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query('show data_directory')
    return realpathSync(Setting.parse(rows[0]).data_directory) === realpathSync(data) ? 'ours' : 'other'
  } catch (error) {
    // 57P03: cannot_connect_now, it is starting, recovering or stopping
    return Failure.safeParse(error).data?.code === '57P03' ? 'starting' : 'other'
  } finally {
    await client.end().catch(() => undefined)
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    // the process is gone or another user's
    return undefined
  }
}
