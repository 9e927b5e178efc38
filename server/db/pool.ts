import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Tables } from './tables.ts'

export type Sql = Kysely<Tables>
/** What must be all there or not at all asks for this one. */
export type Tx = Transaction<Tables>

export interface Database {
  readonly url: string
  /** Ordinary queries. */
  readonly pool: pg.Pool
  /** The same pool, for queries with checked names and types. */
  readonly sql: Sql
  /** Admissions and events only, so that nothing else keeps them waiting. */
  readonly writers: pg.Pool
  close(): Promise<void>
}

/** Connects when first asked. `writers`: connections for group commit. */
export function openDatabase(url: string, log: Logger, writers: number): Database {
  const common = {
    connectionString: url,
    connectionTimeoutMillis: 2000,
    // A database that hangs is a database that is away; the kiosk has decided alone long before.
    query_timeout: 10_000,
    keepAlive: true,
  }
  const pools = [
    new pg.Pool({ ...common, max: 8, application_name: 'dopusk' }),
    new pg.Pool({ ...common, max: writers, application_name: 'dopusk-writers', idleTimeoutMillis: 60_000 }),
  ] as const
  // Without a listener a connection that dies would end the process: the pool's is for those that are idle, each
  // connection's own for those that are lent out, whose next query fails by itself.
  for (const pool of pools) {
    pool.on('error', (error) => log.warn({ error: error.name }, 'a database connection was lost'))
    pool.on('connect', (client) => client.on('error', () => undefined))
  }
  const [pool, writing] = pools
  const sql = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    url,
    pool,
    sql,
    writers: writing,
    close: async () => void (await Promise.all([sql.destroy(), writing.end()])),
  }
}
