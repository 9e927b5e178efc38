/** What PostgreSQL holds of a pass, and a command of the Operator, as people would look and act: from outside. */
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { readPass } from '../contract/pass/pass.ts'
import { localPostgres } from '../server/postgres/local-postgres.ts'
import type { ServerProcess } from './world.ts'

export interface VisitRow {
  readonly id: string
  readonly outcome: string
  readonly decided_by: string
  readonly let_in: boolean
  readonly resolved: string | null
  readonly resolved_by: string | null
  readonly resolved_reason: string | null
}

export interface Records {
  of(passText: string): Promise<readonly VisitRow[]>
  close(): Promise<void>
}

export async function openRecords(server: Pick<ServerProcess, 'dataFolder'>): Promise<Records> {
  const { url } = await localPostgres(path.join(server.dataFolder, 'postgres'))
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  pool.on('error', () => undefined)
  return {
    async of(passText) {
      const handle = readPass(passText)?.claims.handle
      const { rows } = await pool.query<VisitRow>(
        `select id, outcome, decided_by, entered_at is not null as let_in, resolved, resolved_by, resolved_reason
         from visits where pass_handle = decode($1, 'hex')`,
        [handle],
      )
      return rows
    },
    close: () => pool.end(),
  }
}

/** `npm run operator -- …` on the server's own data. */
export async function operator(server: Pick<ServerProcess, 'dataFolder'>, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['server/operator/operator.ts', ...args], {
    cwd: path.resolve(import.meta.dirname, '..'),
    env: { ...process.env, DOPUSK_DATA: server.dataFolder },
  })
  return stdout
}
