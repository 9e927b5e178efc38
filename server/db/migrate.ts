import { readdirSync, readFileSync } from 'node:fs'
import { sql, type Kysely } from 'kysely'
import { Migrator, type MigrationProvider } from 'kysely/migration'
import type { Sql } from './pool.ts'

const folder = new URL('./migrations/', import.meta.url)

const sqlFiles: MigrationProvider = {
  getMigrations: async () =>
    Object.fromEntries(
      readdirSync(folder)
        .filter((file) => file.endsWith('.sql'))
        .map((file) => [
          file,
          {
            up: async (db: Kysely<unknown>) =>
              void (await sql.raw(readFileSync(new URL(file, folder), 'utf8')).execute(db)),
          },
        ]),
    ),
}

/** Brings the schema up to date, all or nothing; processes that start together wait for each other. @returns files run */
export async function migrate(db: Sql): Promise<readonly string[]> {
  const { error, results } = await new Migrator({ db, provider: sqlFiles }).migrateToLatest()
  if (error !== undefined) throw new Error('the database could not be migrated', { cause: error })
  return results?.map(({ migrationName }) => migrationName) ?? []
}
