import type pg from 'pg'
import { transaction } from '../db/transaction.ts'
import { daysAhead, type DayPartition } from './day.ts'

/** Any number; the same for all who make partitions. */
const LOCK = 7_270_014

export const DAYS_AHEAD = 14

/** Makes the days that are missing, one transaction a day. Processes take turns. @returns the tables made */
export async function makePartitions(pool: pg.Pool, now: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ table: string }>(
    `select inhrelid::regclass::text as table from pg_inherits where inhparent = 'visits'::regclass`,
  )
  const there = new Set(rows.map(({ table }) => table))
  const made: string[] = []
  for (const day of daysAhead(now, DAYS_AHEAD)) {
    if (there.has(day.table)) continue
    if (await transaction(pool, (client) => makeDay(client, day))) made.push(day.table)
  }
  return made
}

/**
 * A table of its own that is then attached: `create table … partition of` would keep every scan waiting. Only ids that
 * belong to no day yet wait, for as long as their table is searched. What lay there of this day moves along.
 */
async function makeDay(client: pg.PoolClient, { table, from, to }: DayPartition): Promise<boolean> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK])
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table])
  if (rows[0]?.there === true) return false
  await client.query(`set local lock_timeout = '5s'`)
  await client.query(`create table ${table} (like visits including all)`)
  await client.query('lock table visits in share update exclusive mode')
  await client.query('lock table visits_default in access exclusive mode')
  await client.query(
    `with moved as (delete from visits_default where id >= '${from}' and id < '${to}' returning *)
     insert into ${table} select * from moved`,
  )
  await client.query(`alter table visits attach partition ${table} for values from ('${from}') to ('${to}')`)
  return true
}
