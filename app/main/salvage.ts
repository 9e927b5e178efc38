import { createHash } from 'node:crypto'
import fs from 'node:fs'
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { z } from 'zod'
import { CHAIN_START, chainText } from '../../server/contract/admission.ts'

type Open = (file: string) => DatabaseSyncInstance

const SealedRow = z.object({ id: z.string(), jwe: z.string(), created: z.number() })
const PlainRow = z.object({ body: z.string(), created: z.number() })
const LastRow = z.object({ last: z.number().nullable() })

/**
 * Looks whether a queue file is whole. A damaged one is kept beside the new one as `<file>.damaged-<time>`, and every
 * row that can still be read goes into a fresh file, under that file's name, numbers and chain. Returns where the damaged
 * one lies, if there was one.
 */
export function salvage(file: string, open: Open): string | undefined {
  if (!fs.existsSync(file) || isWhole(file, open)) return undefined
  const aside = `${file}.damaged-${Date.now()}`
  for (const suffix of ['', '-wal', '-shm']) {
    if (fs.existsSync(file + suffix)) fs.renameSync(file + suffix, aside + suffix)
  }
  const fresh = open(file)
  copySealed(aside, fresh, open)
  copyPlain(aside, fresh, open)
  fresh.close()
  return aside
}

function copySealed(from: string, fresh: DatabaseSyncInstance, open: Open): void {
  const insert = fresh.prepare('insert into sealed (seq, id, jwe, chain, created) values (?, ?, ?, ?, ?)')
  let seq = 0
  let chain = CHAIN_START
  for (const row of readableRows(from, 'sealed', 'id, jwe, created', open)) {
    const { id, jwe, created } = SealedRow.parse(row)
    seq++
    chain = createHash('sha256').update(chainText(chain, { id, seq, jwe })).digest('hex')
    insert.run(seq, id, jwe, chain, created)
  }
  fresh.prepare('update head set seq = ?, chain = ?').run(seq, chain)
}

/** Rows of the file's first version, to be sealed soon: take-over.ts. */
function copyPlain(from: string, fresh: DatabaseSyncInstance, open: Open): void {
  const rows = [...readableRows(from, 'events', 'body, created', open)]
  if (rows.length === 0) return
  fresh.exec('create table events (seq integer primary key, body text not null, created integer not null)')
  const insert = fresh.prepare('insert into events (body, created) values (?, ?)')
  for (const row of rows) {
    const { body, created } = PlainRow.parse(row)
    insert.run(body, created)
  }
}

function isWhole(file: string, open: Open): boolean {
  try {
    const database = open(file)
    const answer: unknown = database.prepare('pragma quick_check').get()
    database.close()
    return z.object({ quick_check: z.literal('ok') }).safeParse(answer).success
  } catch {
    return false
  }
}

/** Row by row by number, so that one torn page does not hide the pages after it. */
function* readableRows(file: string, table: string, columns: string, open: Open): Generator {
  let database: DatabaseSyncInstance
  let last: number
  try {
    database = open(file)
    last = LastRow.parse(database.prepare(`select max(seq) as last from ${table}`).get()).last ?? 0
  } catch {
    return
  }
  const one = database.prepare(`select ${columns} from ${table} where seq = ?`)
  for (let seq = 1; seq <= last; seq++) {
    try {
      const row: unknown = one.get(seq)
      if (row !== undefined) yield row
    } catch {
      continue
    }
  }
  database.close()
}
