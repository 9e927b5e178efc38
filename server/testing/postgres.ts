/** One PostgreSQL for the run, in a temporary folder; each test server gets a database of its own, copied from a template. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { TestProject } from 'vitest/node'
import { localPostgres } from '../postgres/local-postgres.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/pool.ts'
import { TEMPLATE, databaseNamed } from './database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'dopusk-server-tests-'))
  const postgres = await localPostgres(folder)
  const silent = pino({ level: 'silent' })
  const all = openDatabase(postgres.url, silent, 1)
  await all.pool.query(`create database ${TEMPLATE}`)
  await all.close()
  const template = openDatabase(databaseNamed(postgres.url, TEMPLATE), silent, 1)
  await migrate(template.sql)
  await template.close()
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
