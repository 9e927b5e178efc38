import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { AdmissionEvent } from '../../../contract/kiosk/admission.ts'
import { openQueue as open, type DurableVisitQueue, type QueueOptions } from './queue.ts'
import { MOST_BYTES, prepareQueue } from './queue-schema.ts'
import { salvage } from './salvage.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dopusk-salvage-'))
  file = path.join(folder, 'queue.db')
})
afterEach(() => {
  vi.restoreAllMocks()
  fs.rmSync(folder, { recursive: true })
})

const PAGE = 4096
const event = (id = uuidv7()): AdmissionEvent => ({
  kind: 'admission',
  request: { id, accessPoint: 1, credential: 'QP1:X', presentedAt: '2026-11-22T19:00:00.000Z' },
  decision: { outcome: 'granted' },
})
let sealed = 0
/** Of the length of a real one, and no two alike. */
const seal: QueueOptions['seal'] = async (of) => ({
  id: of.kind === 'admission' ? of.request.id : of.resolution.id,
  jwe: `${++sealed}.`.padEnd(900, 'x'),
})
const openQueue = (at: string, options: Partial<QueueOptions> = {}) => open(at, { seal, ...options })
/** What lies in it, in its order, each by the number before the dot. */
const rowsOf = (queue: DurableVisitQueue): readonly string[] =>
  queue.pending(1000).map(({ event: { jwe } }) => jwe.replace(/\..*/, ''))

async function filled(count: number, at = file): Promise<readonly string[]> {
  const queue = openQueue(at)
  let id = ''
  for (let n = 0; n < count; n++) {
    // as a visit and what staff decided about it
    if (n % 2 === 0) id = uuidv7()
    await queue.append(event(id))
  }
  const rows = rowsOf(queue)
  queue.close()
  return rows
}
function tear(page: number, at = file): void {
  const bytes = fs.readFileSync(at)
  bytes.fill(0xa5, PAGE * page, PAGE * (page + 1))
  fs.writeFileSync(at, bytes)
}
/** Rows are only added: the last of them are on it. */
const lastPage = (): number => fs.statSync(file).size / PAGE - 1
const openPrepared = (at: string): DatabaseSyncInstance => {
  const database = new DatabaseSync(at)
  prepareQueue(database, at, MOST_BYTES)
  return database
}
const openToRead = (at: string): DatabaseSyncInstance => new DatabaseSync(at, { readOnly: true })
const names = (): readonly string[] =>
  fs
    .readdirSync(folder)
    .filter((name) => name.startsWith('queue.db'))
    .sort()
const sqliteError = (errcode: number): Error => Object.assign(new Error('as SQLite says it'), { errcode })

/** What every start must leave: all rows once, numbered from one, and a file that can be added to. */
async function expectAll(at: string, rows: readonly string[]): Promise<void> {
  const queue = openQueue(at)
  expect(rowsOf(queue)).toEqual(rows)
  expect(queue.waiting().last).toBe(rows.length)
  await queue.append(event())
  expect(queue.waiting().count).toBe(rows.length + 1)
  queue.close()
}

test.each([
  ['the disk is full', sqliteError(13)],
  ['the disk does not read', sqliteError(10)],
  ['the log’s index cannot be made', sqliteError(14)],
  ['another process holds it', sqliteError(5)],
  ['the file is another user’s', Object.assign(new Error('EPERM'), { code: 'EPERM' })],
])('%s: nothing is moved, and the start fails', async (_, error) => {
  await filled(3)
  const before = fs.readFileSync(file)
  const refused = (): never => {
    throw error
  }
  expect(() => salvage(file, { open: refused, read: refused })).toThrow(error)
  expect(names()).toEqual(['queue.db'])
  expect(fs.readFileSync(file)).toEqual(before)
})

test('a disk that is full at the opening: the file stays in its place, and all is there when there is room', async () => {
  const old = new DatabaseSync(file)
  old.exec('create table events (seq integer primary key, body text not null, created integer not null)')
  const insert = old.prepare('insert into events (body, created) values (?, 1)')
  for (let n = 0; n < 10; n++) insert.run(JSON.stringify(event()))
  old.close()
  expect(() => openQueue(file, { mostBytes: fs.statSync(file).size })).toThrow(/full/)
  expect(names()).toEqual(['queue.db'])
  const queue = openQueue(file)
  await queue.takeOver()
  expect(queue.setAside).toBeUndefined()
  expect(queue.waiting().count).toBe(10)
  queue.close()
})

test('a disk that fills while damage is mended: the damaged file stays in its place, and is mended when there is room', async () => {
  const rows = await filled(40)
  tear(lastPage())
  const full = sqliteError(13)
  const refused = (): never => {
    throw full
  }
  const openAll = (at: string) => (at === file ? openPrepared(at) : refused())
  expect(() => salvage(file, { open: openAll, read: openToRead })).toThrow(full)
  expect(() => salvage(file, { open: openPrepared, read: refused })).toThrow(full)
  expect(names().filter((name) => !name.includes('fresh'))).toEqual(['queue.db'])
  const queue = openQueue(file)
  const kept = rowsOf(queue)
  expect(rows).toEqual(expect.arrayContaining([...kept]))
  expect(kept.length).toBeGreaterThan(30)
  queue.close()
})

test('the last page of rows is torn: all rows before it are taken over', async () => {
  const rows = await filled(40)
  tear(lastPage())
  const queue = openQueue(file)
  const kept = rowsOf(queue)
  expect(kept).toEqual(rows.slice(0, kept.length))
  // four rows lie on a page
  expect(kept.length).toBeGreaterThanOrEqual(rows.length - 4)
  queue.close()
})

test('a kill between any two steps of a salvage: the next start has all rows that were readable, each once', async () => {
  await filled(40)
  tear(lastPage())
  const states: string[] = []
  const keep = (): void => {
    const state = fs.mkdtempSync(path.join(folder, 'killed-'))
    for (const name of names()) fs.copyFileSync(path.join(folder, name), path.join(state, name))
    states.push(state)
  }
  const { renameSync } = fs
  vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    keep()
    renameSync(from, to)
    keep()
  })
  const openSeen = (at: string): DatabaseSyncInstance => {
    keep()
    const database = openPrepared(at)
    const exec = database.exec.bind(database)
    const value = (sql: string): void => {
      keep()
      exec(sql)
      keep()
    }
    return Object.defineProperty(database, 'exec', { value })
  }
  salvage(file, { open: openSeen, read: openToRead })
  vi.restoreAllMocks()
  const queue = openQueue(file)
  const rows = rowsOf(queue)
  expect(rows.length).toBeGreaterThan(30)
  queue.close()

  const without = states.filter((state) => !fs.existsSync(path.join(state, 'queue.db')))
  const half = states.filter((state) => fs.existsSync(path.join(state, 'queue.db.fresh')))
  expect(without.length).toBeGreaterThan(0)
  expect(half.length).toBeGreaterThan(without.length)
  for (const state of states) await expectAll(path.join(state, 'queue.db'), rows)
})

test('a damaged file was moved aside and its log was not: the log follows, and its rows are taken', async () => {
  const queue = openQueue(file)
  for (let n = 0; n < 5; n++) await queue.append(event())
  const rows = rowsOf(queue)
  const killed = fs.mkdtempSync(path.join(folder, 'killed-'))
  const at = path.join(killed, 'queue.db')
  fs.copyFileSync(file, `${at}.damaged-1000`)
  fs.copyFileSync(`${file}-wal`, `${at}-wal`)
  queue.close()
  await expectAll(at, rows)
  expect(fs.existsSync(`${at}.damaged-1000-wal`)).toBe(true)
})

test.each(['is missing', 'has no bytes'])('one lies aside and the file %s: its rows are taken, once', async (how) => {
  const rows = await filled(8)
  fs.renameSync(file, `${file}.damaged-1000`)
  if (how === 'has no bytes') fs.writeFileSync(file, '')
  const queue = openQueue(file)
  expect(queue.setAside).toBe(`${file}.damaged-1000`)
  expect(rowsOf(queue)).toEqual(rows)
  queue.forget(rows.map((_row, at) => at + 1))
  queue.close()
  const again = openQueue(file)
  expect(again.setAside).toBeUndefined()
  expect(again.waiting().count).toBe(0)
  again.close()
})

test('an earlier program was cut short between rows, and its head counts none: the others follow, and it can be added to', async () => {
  const rows = await filled(10)
  fs.copyFileSync(file, `${file}.damaged-1000`)
  const cut = new DatabaseSync(file)
  cut.exec(`delete from sealed where seq > 4; update head set seq = 0, chain = '${'0'.repeat(64)}'`)
  cut.close()
  await expectAll(file, rows)
})

test('a limit of what may wait does not lose what was on the disk', async () => {
  const rows = await filled(40)
  fs.renameSync(file, `${file}.damaged-1000`)
  const queue = openQueue(file, { mostBytes: 10 * PAGE })
  expect(queue.waiting().count).toBe(rows.length)
  expect(queue.waiting().fill).toBeGreaterThan(1)
  queue.close()
})

test('a clock that was set back: no damaged file is written over', async () => {
  await filled(2, `${file}.damaged-9000000000000`)
  fs.writeFileSync(file, 'not a database, surely')
  const queue = openQueue(file)
  expect(queue.waiting().count).toBe(2)
  queue.close()
  expect(names().filter((name) => /damaged-\d+$/.test(name))).toEqual([
    'queue.db.damaged-9000000000000',
    'queue.db.damaged-9000000000001',
  ])
})
