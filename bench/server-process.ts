/** The server as it is run, on a PostgreSQL and in a data folder of the bench's own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pino } from 'pino'
import { z } from 'zod'
import { localPostgres } from '../server/postgres/local-postgres.ts'
import { migrate } from '../server/db/migrate.ts'
import { openDatabase, type Database } from '../server/db/pool.ts'

const root = join(import.meta.dirname, '..')
const Listening = z.object({ msg: z.literal('listening'), url: z.string() })

export interface Part {
  readonly child: ChildProcess
  readonly url: string
}

export interface Ground {
  readonly folder: string
  /** of the private halves, as server/main.ts has them */
  readonly keys: string
  readonly databaseUrl: string
  readonly db: Database
  /** A process that logs where it listens. */
  start(file: string, environment?: Record<string, string>): Promise<Part>
  /** Stops all that was started and removes the folder. */
  clear(): Promise<void>
}

/** A migrated database and an empty data folder. */
export async function ground(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'dopusk-bench-'))
  const postgres = await localPostgres(join(folder, 'postgres'))
  const db = openDatabase(postgres.url, pino({ level: 'silent' }), 1)
  await migrate(db.sql)
  const parts: ChildProcess[] = []
  return {
    folder,
    keys: join(folder, 'server', 'keys'),
    databaseUrl: postgres.url,
    db,
    start: (file, environment = {}) => {
      const env = { DATABASE_URL: postgres.url, DOPUSK_DATA: folder, PORT: '0', DOPUSK_DEMO: '0', LOG_LEVEL: 'info' }
      const child = spawn(process.execPath, [join(root, file)], {
        cwd: root,
        env: { ...process.env, ...env, ...environment },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      parts.push(child)
      return new Promise((resolve, reject) => {
        child.on('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
        createInterface({ input: child.stdout }).on('line', (line) => {
          const { success, data } = Listening.safeParse(JSON.parse(line))
          if (success) resolve({ child, url: data.url })
        })
      })
    },
    clear: async () => {
      for (const child of parts) {
        if (child.exitCode !== null || child.signalCode !== null) continue
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGTERM')
        await ended
      }
      await db.close()
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
