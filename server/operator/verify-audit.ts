/** `npm run verify-audit [-- <head noted down before>]`: follows the audit log's chain from its first row to its end. */
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import { verifyChain } from '../audit/verify-audit.store.ts'
import { localPostgres } from '../postgres/local-postgres.ts'
import { openDatabase } from '../db/pool.ts'
import { readSettings } from '../settings.ts'

const settings = readSettings(process.env)
const local =
  settings.databaseUrl === undefined ? await localPostgres(join(resolve(settings.data), 'postgres')) : undefined
const db = openDatabase(settings.databaseUrl ?? local?.url ?? '', pino({ level: 'silent' }), 1)
try {
  const { rows, brokenAt, head } = await verifyChain(db.sql, process.argv[2])
  if (brokenAt === null) console.log(`${rows} rows, each as it was written. Note down the head:\n${head}`)
  else {
    console.log(`Broken: row ${brokenAt} is not as it was written, or not there. ${rows} rows before it are good.`)
    process.exitCode = 1
  }
} finally {
  await db.close()
  // one that was running belongs to the server
  if (local && !local.adopted) await local.stop()
}
