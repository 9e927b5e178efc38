import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import { localPostgres } from './db/local-postgres.ts'
import { readSettings } from './settings.ts'
import { startServer } from './server.ts'

async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const log = pino({ level: settings.logLevel, base: { part: 'server' }, timestamp: pino.stdTimeFunctions.isoTime })
  const data = resolve(settings.data)
  mkdirSync(data, { recursive: true })
  const local = settings.databaseUrl === undefined ? await localPostgres(join(data, 'postgres')) : undefined
  const databaseUrl = settings.databaseUrl ?? local?.url ?? ''
  let writeDemo: ((url: string) => void) | undefined
  const server = await startServer({
    ...settings,
    databaseUrl,
    log,
    clock: () => new Date(),
    jobs: true,
    prepare: async (db) => {
      if (!settings.demo) return
      const { makeDemo } = await import('./demo.ts')
      writeDemo = await makeDemo(db, data)
    },
  })
  writeDemo?.(server.url)
  log.info({ url: server.url }, 'listening')

  const stop = async (): Promise<void> => {
    await server.stop()
    await local?.stop()
    log.info('stopped')
  }
  let stopping: Promise<void> | undefined
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stopping ??= stop().catch((error: unknown) => {
        log.error({ error: error instanceof Error ? error.message : 'unknown' }, 'could not stop cleanly')
        process.exitCode = 1
      })
    })
  }
}

main().catch((error: unknown) => {
  // One sentence; a cause says more where there is one.
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${cause}\n`)
  process.exit(1)
})
