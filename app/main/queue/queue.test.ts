import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { AdmissionEvent } from '../../../contract/kiosk/admission.ts'
import { DatabaseSync } from '@photostructure/sqlite'
import { CHAIN_START, chainText } from '../../../contract/kiosk/admission.ts'
import { openQueue as open, type QueueOptions } from './queue.ts'
import { createSeal, NoSealKey, sealKeyOf } from './seal.ts'
import { makeAuthority } from '../testing/authority.ts'

const authority = makeAuthority(new Date('2026-11-22T19:00:00Z'))
const seal = createSeal(
  () => sealKeyOf(authority.keySet()),
  () => ({ wall: 1_795_374_000_000, offset: 12, uncertainty: 3 }),
)
const openQueue = (at: string, options: Partial<QueueOptions> = {}) => open(at, { seal, ...options })

let folder: string
let file: string
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dopusk-queue-'))
  file = path.join(folder, 'queue.db')
})
afterEach(() => fs.rmSync(folder, { recursive: true }))

const event = (): AdmissionEvent => ({
  kind: 'admission',
  request: { id: uuidv7(), accessPoint: 1, credential: 'QP1:X', presentedAt: '2026-11-22T19:00:00.000Z' },
  decision: { outcome: 'granted' },
})
/** The bytes of everything in the folder, as a thief of the disk would see it. */
const bytesOf = (where: string): Buffer =>
  Buffer.concat(fs.readdirSync(where).map((name) => fs.readFileSync(path.join(where, name))))

test('what was appended is there after a process that never closed it, in order, for the server alone', async () => {
  const events = Array.from({ length: 20 }, event)
  const queue = openQueue(file)
  for (const one of events) await queue.append(one)
  // As after kill -9: the files as they lie, nothing closed.
  const copy = path.join(folder, 'copy.db')
  for (const suffix of ['', '-wal']) fs.copyFileSync(file + suffix, copy + suffix)
  const reopened = openQueue(copy)
  const envelopes = await Promise.all(reopened.pending(100).map(({ event: { jwe } }) => authority.open(jwe)))
  expect(envelopes).toEqual(
    events.map((one) => ({ v: 1, event: one, wall: 1_795_374_000_000, offset: 12, uncertainty: 3 })),
  )
  expect(reopened.uuid).toBe(queue.uuid)
  expect(bytesOf(folder).includes('QP1:X')).toBe(false)
  expect(reopened.setAside).toBeUndefined()
  queue.close()
  reopened.close()
})

test('a last page torn anywhere costs at most what was being written: all rows before it stay', async () => {
  const queue = openQueue(file)
  const ids: string[] = []
  // Without the server nothing is forgotten; the log must hold all twelve.
  for (let n = 0; n < 12; n++) {
    await queue.append(event())
    ids.push(queue.pending(100).at(-1)?.event.id ?? '')
  }
  const database = fs.readFileSync(file)
  const log = fs.readFileSync(`${file}-wal`)
  queue.close()
  const FRAME = 24 + 4096
  fc.assert(
    fc.property(fc.integer({ min: 1, max: FRAME }), fc.boolean(), (torn, zeroed) => {
      const copy = path.join(folder, 'torn.db')
      for (const suffix of ['', '-wal', '-shm']) fs.rmSync(copy + suffix, { force: true })
      fs.writeFileSync(copy, database)
      const whole = log.length - torn
      fs.writeFileSync(
        `${copy}-wal`,
        zeroed ? Buffer.concat([log.subarray(0, whole), Buffer.alloc(torn)]) : log.subarray(0, whole),
      )
      const reopened = openQueue(copy)
      const kept = reopened.pending(100).map(({ event: one }) => one.id)
      reopened.close()
      expect(kept).toEqual(ids.slice(0, kept.length))
      expect(kept.length).toBeGreaterThanOrEqual(ids.length - 1)
    }),
    { numRuns: 60, seed: 20261122 },
  )
})

test('a damaged main file is put aside, its readable rows are taken over, and appending goes on', async () => {
  const queue = openQueue(file)
  for (let n = 0; n < 400; n++) await queue.append(event())
  queue.close()
  const bytes = fs.readFileSync(file)
  bytes.fill(0xa5, 4096 * 20, 4096 * 21)
  fs.writeFileSync(file, bytes)
  const reopened = openQueue(file)
  expect(reopened.setAside).toBeDefined()
  expect(fs.existsSync(reopened.setAside ?? '')).toBe(true)
  const { count } = reopened.waiting()
  expect(count).toBeGreaterThan(300)
  await reopened.append(event())
  expect(reopened.waiting().count).toBe(count + 1)
  expect(reopened.uuid).not.toBe(queue.uuid)
  reopened.close()
})

test('a file that is no database at all is put aside too', async () => {
  fs.writeFileSync(file, 'not a database, surely')
  const queue = openQueue(file)
  expect(queue.setAside).toBeDefined()
  await queue.append(event())
  expect(queue.waiting().count).toBe(1)
  queue.close()
})

test('postponed events come up later, forgotten ones never, buried ones are counted', async () => {
  let now = 1000
  const queue = openQueue(file, { now: () => now })
  for (let n = 0; n < 3; n++) await queue.append(event())
  const [first, second, third] = queue.pending(10)
  queue.postpone([first?.event.seq ?? 0], 500)
  queue.forget([second?.event.seq ?? 0])
  queue.bury(third?.event.seq ?? 0, 'malformed')
  expect(queue.pending(10)).toEqual([])
  expect(queue.waiting()).toMatchObject({ count: 1, dead: 1 })
  now += 500
  expect(queue.pending(10)).toMatchObject([{ event: { seq: first?.event.seq }, tries: 1 }])
  queue.close()
})

test('the queue is for its owner only', () => {
  const queue = openQueue(file)
  expect(fs.statSync(file).mode & 0o077).toBe(0)
  queue.close()
})

test('numbers grow by one and each row is chained to the one before, also over a restart and beside each other', async () => {
  let queue = openQueue(file)
  await Promise.all(Array.from({ length: 10 }, () => queue.append(event())))
  queue.close()
  queue = openQueue(file)
  await queue.append(event())
  let chain = CHAIN_START
  queue.pending(100).forEach(({ event: row }, at) => {
    expect(row.seq).toBe(at + 1)
    chain = createHash('sha256').update(chainText(chain, row)).digest('hex')
    expect(row.chain).toBe(chain)
  })
  expect(queue.pending(100)).toHaveLength(11)
  queue.close()
})

test('without a key to seal for nothing is appended', async () => {
  const queue = openQueue(file, {
    seal: createSeal(
      () => undefined,
      () => ({ wall: 0 }),
    ),
  })
  await expect(queue.append(event())).rejects.toThrow(NoSealKey)
  expect(queue.waiting().count).toBe(0)
  queue.close()
})

test('a batch weighs no more than 400 KB', async () => {
  const queue = openQueue(file, { seal: async () => ({ id: uuidv7(), jwe: 'x'.repeat(50_000) }) })
  for (let n = 0; n < 20; n++) await queue.append(event())
  expect(queue.pending(200)).toHaveLength(7)
  queue.close()
})

test('a full disk refuses the row and keeps all that was there; days fill the queue too', async () => {
  let now = 0
  const queue = openQueue(file, { mostBytes: 40 * 4096, now: () => now })
  let taken = 0
  await expect(
    (async () => {
      for (;;) {
        await queue.append(event())
        taken++
      }
    })(),
  ).rejects.toThrow(/full/)
  expect(queue.waiting()).toMatchObject({ count: taken })
  expect(queue.waiting().fill).toBeGreaterThan(0.8)
  queue.forget(queue.pending(200).map(({ event: { seq } }) => seq))
  await queue.append(event())
  expect(queue.waiting().fill).toBeLessThan(0.8)
  now = 12 * 86_400_000
  expect(queue.waiting().fill).toBeCloseTo(12 / 14)
  queue.close()
})

test('rows of the first version are sealed once there is a key, and their text is nowhere on the disk', async () => {
  const old = new DatabaseSync(file)
  old.exec(`pragma journal_mode = wal;
    create table events (seq integer primary key autoincrement, body text not null, created integer not null,
      tries integer not null default 0, next_at integer not null default 0);
    create table dead (seq integer primary key, body text not null, created integer not null, why text not null);`)
  const events = Array.from({ length: 30 }, event)
  for (const one of events) {
    old.prepare('insert into events (body, created) values (?, ?)').run(JSON.stringify(one), 1_795_000_000_000)
  }
  old.prepare(`insert into dead (seq, body, created, why) values (1, '{"QP1:X"', 1, 'malformed')`).run()
  old.close()
  let keys = false
  const queue = openQueue(file, {
    seal: createSeal(
      () => (keys ? sealKeyOf(authority.keySet()) : undefined),
      () => ({ wall: 0 }),
    ),
  })
  await queue.takeOver()
  expect(queue.waiting().count).toBe(0)
  keys = true
  await Promise.all([queue.takeOver(), queue.takeOver()])
  const envelopes = await Promise.all(queue.pending(100).map(({ event: { jwe } }) => authority.open(jwe)))
  expect(envelopes).toEqual(events.map((one) => ({ v: 1, event: one, wall: 1_795_000_000_000 })))
  expect(queue.waiting().dead).toBe(1)
  expect(bytesOf(folder).includes('QP1:X')).toBe(false)
  queue.close()
})
