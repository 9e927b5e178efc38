/**
 * The queue of what happened while the server could not be told: SQLite in WAL mode with synchronous=FULL, so that an
 * append is on the disk (fsync) when it returns. A torn last page costs nothing that was acknowledged: WAL frames carry
 * checksums.
 */
import fs from 'node:fs'
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { z } from 'zod'
import type { AdmissionEvent } from '../../server/contract/admission.ts'
import type { VisitQueue } from './ports.ts'
import { salvage } from './salvage.ts'

const SCHEMA = `
  create table if not exists events (
    seq integer primary key autoincrement, body text not null, created integer not null,
    tries integer not null default 0, next_at integer not null default 0);
  create table if not exists dead (
    seq integer primary key, body text not null, created integer not null, why text not null);
`
const EventRow = z.object({ seq: z.number(), body: z.string(), tries: z.number() })
const StateRow = z.object({ count: z.number(), oldest: z.number().nullable() })
const CountRow = z.object({ count: z.number() })

const PAGE_BYTES = 4096
const MAX_BYTES = 512 * 1024 * 1024

export interface DurableVisitQueue extends VisitQueue {
  /** Whether an unreadable older file was put aside when this one was opened: its path. */
  readonly setAside?: string
  close(): void
}

/**
 * Opens the queue file, or makes it. A file that SQLite calls damaged is put aside, and every row that can still be
 * read is taken over. @throws when the folder cannot be written.
 */
export function openQueue(file: string, now: () => number = Date.now): DurableVisitQueue {
  const setAside = salvage(file, openDatabase)
  const database = openDatabase(file)
  const insert = database.prepare('insert into events (body, created) values (?, ?)')
  const due = database.prepare('select seq, body, tries from events where next_at <= ? order by seq limit ?')
  const remove = database.prepare('delete from events where seq = ?')
  const again = database.prepare('update events set tries = tries + 1, next_at = ? where seq = ?')
  const bury = database.prepare(
    'insert or ignore into dead (seq, body, created, why) select seq, body, created, ? from events where seq = ?',
  )
  const state = database.prepare('select count(*) as count, min(created) as oldest from events')
  const dead = database.prepare('select count(*) as count from dead')

  const together = (work: () => void): void => {
    database.exec('begin immediate')
    try {
      work()
      database.exec('commit')
    } catch (error) {
      database.exec('rollback')
      throw error
    }
  }

  return {
    ...(setAside ? { setAside } : {}),
    append(event: AdmissionEvent) {
      insert.run(JSON.stringify(event), now())
    },
    pending(limit) {
      return due.all(now(), limit).map((row: unknown) => {
        const { seq, body, tries } = EventRow.parse(row)
        return { seq, tries, event: JSON.parse(body) as unknown }
      })
    },
    forget(seqs) {
      together(() => {
        for (const seq of seqs) remove.run(seq)
      })
    },
    postpone(seqs, delayMs) {
      together(() => {
        for (const seq of seqs) again.run(now() + delayMs, seq)
      })
    },
    bury(seq, why) {
      together(() => {
        bury.run(why, seq)
        remove.run(seq)
      })
    },
    waiting() {
      const { count, oldest } = StateRow.parse(state.get())
      const { count: buried } = CountRow.parse(dead.get())
      return { count, dead: buried, ...(oldest === null ? {} : { oldest: new Date(oldest) }) }
    },
    close() {
      database.close()
    },
  }
}

function openDatabase(file: string): DatabaseSyncInstance {
  const database = new DatabaseSync(file)
  fs.chmodSync(file, 0o600)
  database.exec(`pragma page_size = ${PAGE_BYTES}; pragma journal_mode = wal; pragma synchronous = full;
    pragma busy_timeout = 2000; pragma max_page_count = ${MAX_BYTES / PAGE_BYTES};`)
  database.exec(SCHEMA)
  return database
}
