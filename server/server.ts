import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { accountJobs } from './accounts/accounts.jobs.ts'
import { openIdProvider, type ProviderSettings } from './sign-in/provider.io.ts'
import { firstOperatorLink } from './accounts/first-operator.store.ts'
import { createApp } from './app.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase, type Database, type Sql } from './db/pool.ts'
import { startJobs, type Jobs } from './jobs/jobs.ts'
import { deviceJobs } from './fleet/fleet.jobs.ts'
import { openParts, WRITERS, type Parts } from './parts.ts'
import { errorForLog } from './http/problem.ts'
import { applicationJobs } from './applications/applications.jobs.ts'
import { mailJobs } from './mail/mail.jobs.ts'
import { importJobs } from './lists/lists.jobs.ts'
import type { MailSettings } from './mail/start-mail.ts'
import { visitJobs } from './visits/visits.jobs.ts'
import { makePartitions } from './visits/partitions.store.ts'

export interface ServerOptions {
  readonly databaseUrl: string
  readonly host: string
  readonly port: number
  readonly log: Logger
  readonly clock: () => Date
  /** false: partitions are made at the start only */
  readonly jobs: boolean
  /** folder of the private halves of keys */
  readonly keys: string
  /** without it the listening address */
  readonly publicUrl?: string | undefined
  /** folder of files that people sent */
  readonly files: string
  /** how many proxies of ours stand in front */
  readonly proxies?: number
  /** where a Coordinator's "expedient" is mailed to; none: the Operator's queue alone */
  readonly operatorEmail?: string | undefined
  /** addresses that devices may have been enrolled at before */
  readonly formerUrls?: readonly string[]
  /** whose new devices wait for the Operator */
  readonly approval?: Parts['approval']
  /** version that kiosks should have; without it this program's own */
  readonly kioskVersion?: string | undefined
  /** Accounts of the demonstration exist. */
  readonly demo?: boolean
  readonly mail?: MailSettings
  /** of OpenID Connect */
  readonly provider?: ProviderSettings | undefined
  /** With the schema there and nothing read from it yet. */
  readonly prepare?: (db: Sql) => Promise<void>
}

export interface RunningServer {
  readonly url: string
  readonly db: Database
  /** for people's eyes, never for a log; `undefined`: there is an Operator */
  readonly firstOperatorLink: string | undefined
  /** Takes no more requests, answers those it has, writes what they wrote, closes. */
  stop(): Promise<void>
}

/** Requests that are being answered get so long to end. */
const STOP_MS = 5000

/** Migrated, with partitions, listening. */
export async function startServer({
  databaseUrl,
  host,
  port,
  log,
  clock,
  jobs,
  keys,
  files,
  proxies = 0,
  operatorEmail,
  publicUrl,
  formerUrls = [],
  approval = 'participants',
  kioskVersion,
  demo = false,
  mail,
  provider,
  prepare,
}: ServerOptions): Promise<RunningServer> {
  const db = openDatabase(databaseUrl, log, WRITERS)
  await migrate(db.sql)
  await makePartitions(db.pool, clock().getTime())
  await prepare?.(db.sql)
  let url = ''
  const state = await openParts(db, {
    log,
    clock,
    keys,
    files,
    proxies,
    operatorEmail,
    demo,
    provider: provider && openIdProvider(provider),
    approval,
    kioskVersion,
    publicUrl: () => publicUrl ?? url,
    formerUrls,
    ...(mail && { mail }),
  })
  const limits = { keepAliveTimeout: 65_000, headersTimeout: 10_000, requestTimeout: 20_000 }
  const server = createServer(limits, createApp(state.parts))
  await listening(server, host, port)
  const { port: bound } = server.address() as AddressInfo
  url = `http://${host.includes(':') ? `[${host}]` : host}:${bound}`
  // After listening: a scan need not wait for the job queue's own tables.
  const queue = jobs
    ? startJobs(
        databaseUrl,
        [
          ...visitJobs(db.pool, clock),
          ...applicationJobs(db.sql, files, clock),
          ...deviceJobs(db.sql, clock),
          ...mailJobs(db.pool),
          ...accountJobs(db.pool, clock),
          ...importJobs(state.parts),
        ],
        log,
      ).catch((thrown: unknown): Jobs | undefined => {
        log.error({ error: errorForLog(thrown) }, 'the job queue did not start')
        return undefined
      })
    : undefined
  return {
    url,
    db,
    firstOperatorLink: await firstOperatorLink(db.sql, publicUrl ?? url, clock(), demo),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      state.endStreams()
      const impatience = setTimeout(() => server.closeAllConnections(), STOP_MS)
      await closed
      clearTimeout(impatience)
      await (await queue)?.stop()
      await state.stop()
      await db.close()
    },
  }
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, backlog: 4096 }, resolve)
  })
}
