import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Sql } from '../db/pool.ts'

/** Versions of lists belong to an epoch, and so do its secrets. */
export interface Epoch {
  readonly epoch: number
  /** told to kiosks in their configuration */
  readonly salt: Buffer
  /** seed of the decoys; told to nobody */
  readonly decoys: Buffer
  /** hex */
  readonly canary: { readonly hit: string; readonly miss: string }
  /** the configuration's version that its salt came with */
  readonly version: number
}

/** The newest; the first is made when there is none. */
export async function newestEpoch(db: Sql): Promise<Epoch> {
  const newest = db.selectFrom('deny_list_salts').selectAll().orderBy('epoch', 'desc')
  // Reading comes first: an insert tells everybody of a change, even one that inserts nothing.
  const found = await newest.executeTakeFirst()
  if (!found) {
    await sql`insert into deny_list_salts (epoch, salt)
      select 1, ${randomBytes(32)} where not exists (select from deny_list_salts) on conflict do nothing`.execute(db)
  }
  const row = found ?? (await newest.executeTakeFirstOrThrow())
  const { epoch, salt, decoys } = row
  const canary = { hit: row.canary_hit.toString('hex'), miss: row.canary_miss.toString('hex') }
  return { epoch, salt, decoys, canary, version: Number(row.version) }
}

/** Another salt, other decoys, versions from the beginning. @returns its number */
export async function beginEpoch(db: Sql): Promise<number> {
  const { epoch } = await newestEpoch(db)
  await db
    .insertInto('deny_list_salts')
    .values({ epoch: epoch + 1, salt: randomBytes(32) })
    .execute()
  return epoch + 1
}
