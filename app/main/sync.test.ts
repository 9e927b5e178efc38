import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DenyListManifest } from '../../server/contract/deny-list.ts'
import { knowledgeFiles, type Knowledge } from './knowledge.ts'
import { Unreachable } from './ports.ts'
import { sync } from './sync.ts'
import { makePlace, newHandle } from './testing/place.ts'

const THEN = new Date('2026-11-22T18:00:00Z')
const NOW = new Date('2026-11-22T19:00:00Z')
const place = makePlace(THEN)

function serverOf(knowledge: Knowledge, spoil?: Partial<DenyListManifest>) {
  const list = knowledge.denyList
  if (!list) throw new Error('a list is needed here')
  let snapshots = 0
  return {
    snapshots: () => snapshots,
    deviceConfig: () => Promise.resolve(knowledge.config),
    keySet: () => Promise.resolve(knowledge.keySet.value),
    denyListManifest: () => Promise.resolve({ ...list.manifest, ...spoil }),
    denyListSnapshot: () => {
      snapshots++
      return Promise.resolve(list.entries)
    },
  }
}

test('a kiosk that knows nothing learns everything; an unchanged list is only confirmed', async () => {
  const current = place.listing([newHandle(), newHandle()], THEN)
  const server = serverOf(current)
  const learnt = await sync(undefined, server, () => NOW)
  expect(learnt.denyList?.entries).toEqual(current.denyList?.entries)
  const again = await sync(learnt, server, () => new Date(NOW.getTime() + 60_000))
  expect(server.snapshots()).toBe(1)
  expect(again.denyList?.confirmedAt).toEqual(new Date(NOW.getTime() + 60_000))
  // The key objects are cached by identity.
  expect(again.keySet.value).toBe(learnt.keySet.value)
})

test.each([
  ['a digest', { sha256: '0'.repeat(64) }],
  ['a count', { count: 1, sha256: 'f'.repeat(64) }],
])('a list that does not match its manifest by %s is not taken', async (_name, spoil) => {
  const server = serverOf(place.listing([newHandle(), newHandle()], THEN), spoil)
  await expect(sync(place.knowledge, server, () => NOW)).rejects.toThrow(Unreachable)
})

test('an older list and an older key set are not taken', async () => {
  const newer = place.listing([newHandle(), newHandle(), newHandle()], THEN)
  const older = place.listing([newHandle()], NOW)
  const before = { ...newer, keySet: { ...newer.keySet, value: { ...newer.keySet.value, version: 5 } } }
  const after = await sync(before, serverOf(older), () => NOW)
  expect(after.denyList).toBe(before.denyList)
  expect(after.keySet.value.version).toBe(5)
})

let folder: string
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dopusk-knowledge-'))))
afterEach(() => fs.rmSync(folder, { recursive: true }))

test('what is known comes back from disk as it was', async () => {
  const known = place.listing([newHandle(), newHandle()], NOW)
  await knowledgeFiles(folder).save(known, undefined)
  expect(knowledgeFiles(folder).load()).toEqual(known)
})

test('a spoilt list file is as good as none, and a spoilt configuration as good as nothing', async () => {
  const known = place.listing([newHandle()], NOW)
  await knowledgeFiles(folder).save(known, undefined)
  fs.writeFileSync(path.join(folder, 'deny-list.bin'), Buffer.alloc(8))
  expect(knowledgeFiles(folder).load()).toEqual({ config: known.config, keySet: known.keySet })
  fs.writeFileSync(path.join(folder, 'config.json'), '{"version":1,')
  expect(knowledgeFiles(folder).load()).toBeUndefined()
})
