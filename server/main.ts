import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { pino, type Logger } from 'pino'
import { databaseAway } from './db/database-away.ts'
import { keepLocalPostgres } from './postgres/keep-local-postgres.ts'
import { localPostgres } from './postgres/local-postgres.ts'
import { readSettings, type Settings } from './settings.ts'
import { startServer } from './server.ts'

/** In one sentence. What the database says may hold its address, but never its password. */
function startFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'The server did not start.'
  const causes = [error, error.cause]
  if (causes.some(databaseAway))
    return 'The database does not answer: is the address in DATABASE_URL right, and does it run?'
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${error.message}${cause}`.replaceAll('\n', ' ')
}

// The server lives in 30 MB, so V8's usual growth collects the old generation once a second under load, each time with
// steps of 4 to 8 ms; grown to 150 MB first, three times in fourteen seconds, and a tenth more admissions (measured).
setFlagsFromString('--heap-growing-percent=400')

/** @throws one sentence where only some of it is set */
function providerIn({
  oidcIssuer: issuer,
  oidcClientId: clientId,
  oidcClientSecret: clientSecret,
  oidcName: name,
}: Settings) {
  if (issuer === undefined) return undefined
  if (clientId === undefined || clientSecret === undefined) {
    throw new Error('OIDC_ISSUER is set: OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set too.')
  }
  return { issuer, clientId, clientSecret, name }
}

interface Running {
  readonly log: Logger
  stop(): Promise<void>
}

async function start(): Promise<Running> {
  const settings = readSettings(process.env)
  const log = pino({ level: settings.logLevel, base: { part: 'server' }, timestamp: pino.stdTimeFunctions.isoTime })
  const data = resolve(settings.data)
  mkdirSync(data, { recursive: true })
  const local = settings.databaseUrl === undefined ? await localPostgres(join(data, 'postgres')) : undefined
  const databaseUrl = settings.databaseUrl ?? local?.url ?? ''
  const guard = local && keepLocalPostgres(join(data, 'postgres'), log)
  let writeDemo: ((url: string) => void) | undefined
  const server = await startServer({
    ...settings,
    databaseUrl,
    mail: { smtpUrl: settings.smtpUrl, from: settings.mailFrom },
    provider: providerIn(settings),
    log,
    clock: () => new Date(),
    jobs: true,
    keys: join(data, 'server', 'keys'),
    files: join(data, 'server', 'files'),
    prepare: async (db) => {
      if (!settings.demo) return
      const { makeDemo } = await import('./demo/demo.ts')
      writeDemo = await makeDemo(db, data)
    },
  })
  writeDemo?.(server.url)
  log.info({ url: server.url }, 'listening')
  // for the person who started the server: a log would keep it
  if (server.firstOperatorLink !== undefined) {
    process.stderr.write(
      `\nПервый Оператор, одноразовая ссылка · the first Operator's link, good once:\n${server.firstOperatorLink}\n\n`,
    )
  }
  return {
    log,
    stop: async () => {
      await server.stop()
      await guard?.stop()
      await local?.stop()
      log.info('stopped')
    },
  }
}

// Listened for before anything runs: asked to stop while it starts, the server starts, then stops what it started.
const askedToStop = new Promise<void>((asked) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => asked())
})

try {
  const { log, stop } = await start()
  await askedToStop
  await stop().catch((error: unknown) => {
    log.error({ error: error instanceof Error ? error.message : 'unknown' }, 'could not stop cleanly')
    process.exitCode = 1
  })
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`)
  process.exit(1)
}
