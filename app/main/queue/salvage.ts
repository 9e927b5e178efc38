/**
 * A damaged queue file gives way to a fresh one that holds every row which can still be read; the damaged one stays beside
 * it as `<file>.damaged-<time>`. The power may go between any two steps:
 *
 *   1. `<file>.fresh` is made, in one transaction       the next start finds the damaged file, and begins again
 *   2. the damaged file is moved aside, then its log    it finds no file and a whole fresh one, and goes on here
 *   3. the fresh one is moved into place                done
 *
 * A file names those whose rows it took (`taken`), in the transaction that took them. So rows of one that lies aside and is
 * not named are nowhere else, and are taken at the next start.
 */
import fs from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { z } from 'zod'
import { plainRows, saysDamaged, sealedRows } from './damaged-rows.ts'
import { rowWriter, together } from './queue-schema.ts'

type Open = (file: string) => DatabaseSyncInstance
interface Openers {
  /** makes the file where there is none; @throws when its tables cannot be made sure of */
  readonly open: Open
  /** leaves the file as it is */
  readonly read: Open
}

const JweRow = z.object({ jwe: z.string() })
/** SQLite's own limit. */
const MOST_PAGES = 4_294_967_294

/**
 * Leaves a whole queue file at `file`, or none where there was none, with the rows of all damaged ones. Returns where the
 * damaged one lies, if there was one that was not known yet. @throws, and leaves the file as it was, when the disk is full or
 * cannot be written or read.
 */
export function salvage(file: string, openers: Openers): string | undefined {
  const finished = finish(file)
  const replaced = fs.existsSync(file) && !isWhole(file, openers.open) ? replace(file, openers) : undefined
  return takeFromAside(file, openers) ?? replaced ?? finished
}

/** Goes on where a start was cut short. */
function finish(file: string): string | undefined {
  const fresh = freshOf(file)
  if (fs.existsSync(file)) {
    for (const suffix of ['', '-journal', '-wal', '-shm']) fs.rmSync(fresh + suffix, { force: true })
    return undefined
  }
  const aside = asideOf(file).at(-1)
  // A log that has lost its file would be read into the next one of that name.
  if (aside !== undefined) moveAside(file, aside)
  if (!fs.existsSync(fresh)) return undefined
  move(fresh, file)
  return aside
}

function replace(file: string, { open, read }: Openers): string {
  const aside = nameAside(file)
  const fresh = freshOf(file)
  withOpen(fresh, open, (database) => {
    // one file and nothing beside it, so that one rename puts it into place
    database.exec('pragma journal_mode = delete')
    withOpen(file, read, (damaged) => takeRows(database, damaged, path.basename(aside)))
  })
  moveAside(file, aside)
  move(fresh, file)
  return aside
}

function takeFromAside(file: string, { open, read }: Openers): string | undefined {
  const aside = asideOf(file)
  if (aside.length === 0) return undefined
  return withOpen(file, open, (database) => {
    const isTaken = database.prepare('select 1 from taken where name = ?')
    const left = aside.filter((one) => isTaken.get(path.basename(one)) === undefined)
    for (const one of left) withOpen(one, read, (damaged) => takeRows(database, damaged, path.basename(one)))
    return left.at(-1)
  })
}

/** All rows of the damaged file that can be read, under the file's own name, numbers and chain. */
function takeRows(database: DatabaseSyncInstance, damaged: DatabaseSyncInstance, name: string): void {
  // What was on the disk already must not be lost to the limit of what may wait.
  database.exec(`pragma max_page_count = ${MOST_PAGES}`)
  together(database, () => {
    countAll(database)
    const put = rowWriter(database)
    const here = jweHashes(database)
    for (const { id, jwe, created } of sealedRows(damaged)) if (!here.has(hashOf(jwe))) put(id, jwe, created)
    takePlain(database, damaged)
    database.prepare('insert into taken (name) values (?)').run(name)
  })
}

function takePlain(database: DatabaseSyncInstance, damaged: DatabaseSyncInstance): void {
  const rows = [...plainRows(damaged)]
  if (rows.length === 0) return
  database.exec(
    'create table if not exists events (seq integer primary key, body text not null, created integer not null)',
  )
  const insert = database.prepare('insert into events (body, created) values (?, ?)')
  for (const { body, created } of rows) insert.run(body, created)
}

/** Before there was `taken`, a salvage that was cut short left rows that the head does not count: nothing could be added. */
const countAll = (database: DatabaseSyncInstance): void =>
  database.exec(`update head set (seq, chain) = (select seq, chain from sealed order by seq desc limit 1)
    where seq < (select max(seq) from sealed)`)

/** Not by id: a visit and what staff decided about it share one. */
function jweHashes(database: DatabaseSyncInstance): ReadonlySet<string> {
  const hashes = new Set<string>()
  const all = database.prepare('select jwe from sealed union all select jwe from buried')
  for (const row of all.iterate()) hashes.add(hashOf(JweRow.parse(row).jwe))
  return hashes
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64')

function isWhole(file: string, open: Open): boolean {
  try {
    return withOpen(file, open, (database) => {
      const answer: unknown = database.prepare('pragma quick_check').get()
      return z.object({ quick_check: z.literal('ok') }).safeParse(answer).success
    })
  } catch (error) {
    if (saysDamaged(error)) return false
    throw error
  }
}

function withOpen<T>(file: string, open: Open, work: (database: DatabaseSyncInstance) => T): T {
  const database = open(file)
  try {
    return work(database)
  } finally {
    database.close()
  }
}

const freshOf = (file: string): string => `${file}.fresh`
const MARK = '.damaged-'

/** Main files that were moved aside, oldest first. */
function asideOf(file: string): readonly string[] {
  const start = path.basename(file) + MARK
  return fs
    .readdirSync(path.dirname(file))
    .filter((name) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)))
    .sort((one, other) => timeOf(one) - timeOf(other))
    .map((name) => path.join(path.dirname(file), name))
}

const timeOf = (aside: string): number => Number(aside.slice(aside.lastIndexOf('-') + 1))

/** Later than all others, also where the clock was set back: no older one is written over. */
function nameAside(file: string): string {
  const newest = asideOf(file).at(-1)
  return `${file}${MARK}${Math.max(Date.now(), newest === undefined ? 0 : timeOf(newest) + 1)}`
}

/** The log after its file: a file without its log would have lost rows, and might look whole. */
function moveAside(file: string, aside: string): void {
  for (const suffix of ['', '-wal', '-shm']) if (fs.existsSync(file + suffix)) move(file + suffix, aside + suffix)
}

/** On the disk before the next step. */
function move(from: string, to: string): void {
  fs.renameSync(from, to)
  // Windows has no such call.
  if (process.platform === 'win32') return
  const folder = fs.openSync(path.dirname(to), 'r')
  try {
    fs.fsyncSync(folder)
  } finally {
    fs.closeSync(folder)
  }
}
