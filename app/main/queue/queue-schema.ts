/** How the queue file is laid out, and how its pages reach the disk. */
import fs from 'node:fs'
import { createHash, randomUUID } from 'node:crypto'
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { z } from 'zod'
import { CHAIN_START, chainText } from '../../../contract/kiosk/admission.ts'

/**
 * Rows are sealed; only ids, numbers and times are clear. `head` has one row: this file's name and the chain so far. `taken`
 * names the damaged files whose rows are in this one: salvage.ts.
 */
const SCHEMA = `
  create table if not exists head (uuid text not null, seq integer not null, chain text not null);
  create table if not exists sealed (
    seq integer primary key, id text not null, jwe text not null, chain text not null, created integer not null,
    tries integer not null default 0, next_at integer not null default 0);
  create table if not exists buried (
    seq integer primary key, id text not null, jwe text not null, chain text not null, created integer not null,
    why text not null);
  create table if not exists taken (name text primary key);
`
export const HeadRow = z.object({ uuid: z.string(), seq: z.number(), chain: z.string() })
const PAGE_BYTES = 4096
export const MOST_BYTES = 512 * 1024 * 1024

/**
 * WAL and synchronous=FULL: an append is on the disk (fsync) when it returns, and a torn last page costs nothing that was
 * acknowledged, since WAL frames carry checksums. What is deleted is overwritten (secure_delete).
 */
export function prepareQueue(database: DatabaseSyncInstance, file: string, mostBytes: number): void {
  fs.chmodSync(file, 0o600)
  database.exec(`pragma page_size = ${PAGE_BYTES}; pragma journal_mode = wal; pragma synchronous = full;
    pragma secure_delete = on; pragma busy_timeout = 2000; pragma max_page_count = ${Math.floor(mostBytes / PAGE_BYTES)};`)
  database.exec(SCHEMA)
  database
    .prepare('insert into head (uuid, seq, chain) select ?, 0, ? where not exists (select 1 from head)')
    .run(randomUUID(), CHAIN_START)
}

/** All or nothing, on the disk when it returns. */
export function together<T>(database: DatabaseSyncInstance, work: () => T): T {
  database.exec('begin immediate')
  try {
    const result = work()
    database.exec('commit')
    return result
  } catch (error) {
    try {
      database.exec('rollback')
    } catch {
      // a full disk has rolled back by itself
    }
    throw error
  }
}

/** Gives a row the next number and the next hash of the chain, in a transaction of the caller's. */
export function rowWriter(database: DatabaseSyncInstance): (id: string, jwe: string, created: number) => void {
  const head = database.prepare('select uuid, seq, chain from head')
  const grow = database.prepare('update head set seq = ?, chain = ?')
  const insert = database.prepare('insert into sealed (seq, id, jwe, chain, created) values (?, ?, ?, ?, ?)')
  return (id, jwe, created) => {
    const before = HeadRow.parse(head.get())
    const seq = before.seq + 1
    const chain = createHash('sha256').update(chainText(before.chain, { id, seq, jwe })).digest('hex')
    insert.run(seq, id, jwe, chain, created)
    grow.run(seq, chain)
  }
}
