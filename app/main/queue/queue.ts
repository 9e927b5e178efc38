/**
 * The queue of what happened while the server could not be told: sealed rows in SQLite. Number and hash chain are given in
 * the transaction that writes the row, so that the server sees a row that is missing or was changed.
 */
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { z } from 'zod'
import type { QueuedEvent, VisitQueue } from '../ports.ts'
import { HeadRow, MOST_BYTES, prepareQueue, rowWriter, together } from './queue-schema.ts'
import { salvage } from './salvage.ts'
import type { Seal } from './seal.ts'
import { takeOverPlainRows } from './take-over.ts'

/** No more is asked of a row than that it can be sent: what is wrong with it, the server says, and it blocks nobody. */
const EventRow = z.object({ seq: z.number(), id: z.string(), jwe: z.string(), chain: z.string(), tries: z.number() })
const StateRow = z.object({ count: z.number(), oldest: z.number().nullable() })
const CountRow = z.object({ count: z.number() })
const SizeRow = z.object({ bytes: z.number() })

/** Of JSON, well below the server's limit for a batch. */
const BATCH_BYTES = 400_000
/** Around the sealed text of one event: names, id, chain. */
const ROW_BYTES = 200
const MOST_DAYS_MS = 14 * 24 * 3_600_000

export interface DurableVisitQueue extends VisitQueue {
  /** Where a damaged older file lies, if its rows have come into this one since the last opening. */
  readonly setAside?: string
  /** Seals what the first version of this file kept in the open, as soon as there is a key to seal it for. */
  takeOver(): Promise<void>
  close(): void
}

export interface QueueOptions {
  readonly seal: Seal
  readonly now?: () => number
  readonly mostBytes?: number
}

/**
 * Opens the queue file, or makes it. A file that SQLite calls damaged is put aside, and every row that can still be
 * read is taken over. @throws when the disk is full, or cannot be written or read: then no row has gone, and it may be
 * opened again later.
 */
export function openQueue(
  file: string,
  { seal, now = Date.now, mostBytes = MOST_BYTES }: QueueOptions,
): DurableVisitQueue {
  const open = (path: string): DatabaseSyncInstance => {
    const opened = new DatabaseSync(path)
    try {
      prepareQueue(opened, path, mostBytes)
      return opened
    } catch (error) {
      opened.close()
      throw error
    }
  }
  const read = (path: string): DatabaseSyncInstance => new DatabaseSync(path, { readOnly: true })
  const setAside = salvage(file, { open, read })
  const database = open(file)
  const head = database.prepare('select uuid, seq, chain from head')
  const due = database.prepare('select seq, id, jwe, chain, tries from sealed where next_at <= ? order by seq limit ?')
  const remove = database.prepare('delete from sealed where seq = ?')
  const again = database.prepare('update sealed set tries = tries + 1, next_at = ? where seq = ?')
  const bury = database.prepare(
    `insert or ignore into buried (seq, id, jwe, chain, created, why)
     select seq, id, jwe, chain, created, ? from sealed where seq = ?`,
  )
  const state = database.prepare('select count(*) as count, min(created) as oldest from sealed')
  const dead = database.prepare('select count(*) as count from buried')
  const size = database.prepare(
    `select (page_count - freelist_count) * page_size as bytes
     from pragma_page_count(), pragma_freelist_count(), pragma_page_size()`,
  )
  const put = rowWriter(database)
  let takingOver = Promise.resolve()
  const { uuid } = HeadRow.parse(head.get())

  return {
    uuid,
    ...(setAside ? { setAside } : {}),
    async append(event) {
      const { id, jwe } = await seal(event)
      together(database, () => put(id, jwe, now()))
    },
    pending(limit) {
      const batch: QueuedEvent[] = []
      let bytes = 0
      for (const row of due.iterate(now(), limit)) {
        const { tries, ...event } = EventRow.parse(row)
        bytes += event.jwe.length + ROW_BYTES
        if (batch.length > 0 && bytes > BATCH_BYTES) break
        batch.push({ tries, event })
      }
      return batch
    },
    forget(seqs) {
      together(database, () => {
        for (const seq of seqs) remove.run(seq)
      })
    },
    postpone(seqs, delayMs) {
      together(database, () => {
        for (const seq of seqs) again.run(now() + delayMs, seq)
      })
    },
    bury(seq, why) {
      together(database, () => {
        bury.run(why, seq)
        remove.run(seq)
      })
    },
    waiting() {
      const { count, oldest } = StateRow.parse(state.get())
      const { count: buried } = CountRow.parse(dead.get())
      const { bytes } = SizeRow.parse(size.get())
      const days = oldest === null ? 0 : (now() - oldest) / MOST_DAYS_MS
      return {
        count,
        dead: buried,
        last: HeadRow.parse(head.get()).seq,
        fill: Math.max(bytes / mostBytes, days),
        ...(oldest === null ? {} : { oldest: new Date(oldest) }),
      }
    },
    takeOver() {
      // Never two at a time: a row would be sealed twice.
      takingOver = takingOver.catch(() => undefined).then(() => takeOverPlainRows(database, seal, put))
      return takingOver
    },
    close() {
      database.close()
    },
  }
}
