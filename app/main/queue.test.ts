import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { AdmissionEvent } from '../../server/contract/admission.ts'
import { openQueue } from './queue.ts'

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
const idOf = (queued: unknown): string => (queued as { request: { id: string } }).request.id

test('what was appended is there after a process that never closed it, in order', () => {
  const events = Array.from({ length: 20 }, event)
  const queue = openQueue(file)
  for (const one of events) queue.append(one)
  // As after kill -9: the files as they lie, nothing closed.
  const copy = path.join(folder, 'copy.db')
  for (const suffix of ['', '-wal']) fs.copyFileSync(file + suffix, copy + suffix)
  const reopened = openQueue(copy)
  expect(reopened.pending(100).map(({ event: one }) => one)).toEqual(events)
  expect(reopened.setAside).toBeUndefined()
  queue.close()
  reopened.close()
})

test('a last page torn anywhere costs at most what was being written: all rows before it stay', () => {
  const queue = openQueue(file)
  const ids = Array.from({ length: 12 }, () => {
    const one = event()
    queue.append(one)
    return idOf(one)
  })
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
      const kept = reopened.pending(100).map(({ event: one }) => idOf(one))
      reopened.append(event())
      reopened.close()
      expect(kept).toEqual(ids.slice(0, kept.length))
      expect(kept.length).toBeGreaterThanOrEqual(ids.length - 1)
    }),
    { numRuns: 60, seed: 20261122 },
  )
})

test('a damaged main file is put aside, its readable rows are taken over, and appending goes on', () => {
  const queue = openQueue(file)
  for (let n = 0; n < 400; n++) queue.append(event())
  queue.close()
  const bytes = fs.readFileSync(file)
  bytes.fill(0xa5, 4096 * 20, 4096 * 21)
  fs.writeFileSync(file, bytes)
  const reopened = openQueue(file)
  expect(reopened.setAside).toBeDefined()
  expect(fs.existsSync(reopened.setAside ?? '')).toBe(true)
  const { count } = reopened.waiting()
  expect(count).toBeGreaterThan(300)
  reopened.append(event())
  expect(reopened.waiting().count).toBe(count + 1)
  reopened.close()
})

test('a file that is no database at all is put aside too', () => {
  fs.writeFileSync(file, 'not a database, surely')
  const queue = openQueue(file)
  expect(queue.setAside).toBeDefined()
  queue.append(event())
  expect(queue.waiting().count).toBe(1)
  queue.close()
})

test('postponed events come up later, forgotten ones never, buried ones are counted', () => {
  let now = 1000
  const queue = openQueue(file, () => now)
  for (let n = 0; n < 3; n++) queue.append(event())
  const [first, second, third] = queue.pending(10)
  queue.postpone([first?.seq ?? 0], 500)
  queue.forget([second?.seq ?? 0])
  queue.bury(third?.seq ?? 0, 'malformed')
  expect(queue.pending(10)).toEqual([])
  expect(queue.waiting()).toMatchObject({ count: 1, dead: 1 })
  now += 500
  expect(queue.pending(10)).toMatchObject([{ seq: first?.seq, tries: 1 }])
  queue.close()
})

test('the queue is for its owner only', () => {
  const queue = openQueue(file)
  expect(fs.statSync(file).mode & 0o077).toBe(0)
  queue.close()
})
