import fs from 'node:fs'
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { z } from 'zod'

type Open = (file: string) => DatabaseSyncInstance

const Row = z.object({ body: z.string(), created: z.number() })
const LastRow = z.object({ last: z.number().nullable() })

/**
 * Looks whether a queue file is whole. A damaged one is kept beside the new one as `<file>.damaged-<time>`, and every
 * row that can still be read goes into a fresh file. Returns where the damaged one lies, if there was one.
 */
export function salvage(file: string, open: Open): string | undefined {
  if (!fs.existsSync(file) || isWhole(file, open)) return undefined
  const aside = `${file}.damaged-${Date.now()}`
  for (const suffix of ['', '-wal', '-shm']) {
    if (fs.existsSync(file + suffix)) fs.renameSync(file + suffix, aside + suffix)
  }
  const fresh = open(file)
  const insert = fresh.prepare('insert into events (body, created) values (?, ?)')
  for (const { body, created } of readableRows(aside, open)) insert.run(body, created)
  fresh.close()
  return aside
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
function* readableRows(file: string, open: Open): Generator<z.infer<typeof Row>> {
  let database: DatabaseSyncInstance
  let last: number
  try {
    database = open(file)
    last = LastRow.parse(database.prepare('select max(seq) as last from events').get()).last ?? 0
  } catch {
    return
  }
  const one = database.prepare('select body, created from events where seq = ?')
  for (let seq = 1; seq <= last; seq++) {
    try {
      const row = Row.safeParse(one.get(seq))
      if (row.success) yield row.data
    } catch {
      continue
    }
  }
  database.close()
}
