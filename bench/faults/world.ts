/** The server of all stories, with its PostgreSQL: restarted when they kill it, changed and asked about what is recorded. */
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { PassClaims } from '../../contract/pass/pass.ts'
import { localPostgres } from '../../server/postgres/local-postgres.ts'
import { pause } from './pause.ts'
import { freePort, passIssuer, startServer, type ServerProcess } from '../../e2e/world.ts'

const RESTRICTED = 4000

export interface World {
  readonly keysFolder: string
  readonly restricted: string[]
  issue(claims: Partial<PassClaims>): string
  /** All lanes share one server: a kill by one is everybody's weather. */
  restart(kill: 'server' | 'postgres'): Promise<void>
  server(): ServerProcess
  /** Asks until the database answers: it may be down for a while. */
  query<Row extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<readonly Row[]>
  restrict(handle: string): Promise<void>
  lift(handle: string): Promise<void>
  stop(): Promise<void>
}

export const newHandle = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(10))).toString('hex')

const RESTRICT = `insert into restrictions (handle, kind, deny_from, deny_until, reason)
  select decode(h, 'hex'), 'restricted', now() - interval '1 hour', now() + interval '9 days', 'faults'
  from unnest($1::text[]) h`

export async function makeWorld(folder: string): Promise<World> {
  const serverFolder = path.join(folder, 'server')
  const postgresFolder = path.join(serverFolder, 'postgres')
  const port = await freePort()
  let server = await startServer(serverFolder, port)
  const restarting = { done: Promise.resolve() }
  const restricted = Array.from({ length: RESTRICTED }, newHandle)
  const { url } = await localPostgres(postgresFolder)
  const connect = (): pg.Pool => {
    const at = new URL(url)
    at.port = portOf(postgresFolder) ?? at.port
    const made = new pg.Pool({ connectionString: at.href, max: 4 })
    made.on('error', () => undefined)
    return made
  }
  let pool = connect()
  const query: World['query'] = async (sql, values) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return (await pool.query<never>(sql, values)).rows
      } catch (error) {
        if (attempt > 150)
          throw new Error(`the database is away:\n${server.log.slice(-60).join('\n')}`, { cause: error })
        await pause(200)
        // Started anew by a server that was started anew, it may listen elsewhere.
        if (attempt % 10 === 9) pool = connect()
      }
    }
  }
  await query(RESTRICT, [restricted])
  // The list is made in a moment; a kiosk that starts before it has another.
  for (;;) {
    const [list] = await query<{ count: number }>(
      'select count from deny_lists order by epoch desc, version desc limit 1',
      [],
    )
    if (list && list.count >= RESTRICTED) break
    await pause(100)
  }
  await pause(1000)
  const issue = await passIssuer(server)
  const restart = async (kill: 'server' | 'postgres'): Promise<void> => {
    if (kill === 'postgres') return killPostgres(postgresFolder)
    await server.kill()
    server = await startServer(serverFolder, port)
  }
  return {
    keysFolder: path.join(serverFolder, 'server/keys'),
    restricted,
    issue,
    query,
    server: () => server,
    restart(kill) {
      restarting.done = restarting.done.then(() => restart(kill))
      return restarting.done
    },
    async restrict(handle) {
      await query(RESTRICT, [[handle]])
    },
    async lift(handle) {
      await query(`update restrictions set lifted_at = now() where handle = decode($1, 'hex')`, [handle])
    },
    async stop() {
      await restarting.done
      await pool.end()
      await server.stop()
    },
  }
}

/** Where it listens now, by its own lock file. */
function portOf(folder: string): string | undefined {
  try {
    return fs.readFileSync(path.join(folder, 'pg/postmaster.pid'), 'utf8').split('\n')[3]
  } catch {
    return undefined
  }
}

/** As a crash would: the postmaster at once, its children find out. The server has to bring it back by itself. */
function killPostgres(folder: string): void {
  const pid = Number(fs.readFileSync(path.join(folder, 'pg/postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGKILL')
}
