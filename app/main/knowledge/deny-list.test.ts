import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ENTRY_BYTES, type DenyListManifest } from '../../../contract/kiosk/deny-list.ts'
import { merge, planList } from './deny-list.ts'
import { inSlices } from './in-slices.ts'

const NOW = new Date('2026-11-22T19:00:00Z')
const SEED = { seed: 20261122, numRuns: 500 }
/** Sorted entries of small numbers and of numbers beyond 2^53. */
const entriesOf = (numbers: Iterable<bigint>): Uint8Array => {
  const sorted = [...new Set(numbers)].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const bytes = new Uint8Array(sorted.length * ENTRY_BYTES)
  const view = new DataView(bytes.buffer)
  sorted.forEach((number, at) => view.setBigUint64(at * ENTRY_BYTES, number))
  return bytes
}
const number = fc.oneof(fc.bigInt({ min: 0n, max: 40n }), fc.bigInt({ min: 2n ** 64n - 40n, max: 2n ** 64n - 1n }))
const numbers = fc.array(number, { maxLength: 40 })

test('what a delta makes of a list is what sets make of it', async () => {
  await fc.assert(
    fc.asyncProperty(numbers, numbers, numbers, async (held, more, less) => {
      const before = new Set(held)
      const added = new Set(more.filter((one) => !before.has(one)))
      const removed = new Set(less.filter((one) => before.has(one)))
      const after = [...before, ...added].filter((one) => !removed.has(one))
      const delta = { added: entriesOf(added), removed: entriesOf(removed) }
      expect(await inSlices(merge(entriesOf(before), delta))).toEqual(entriesOf(after))
    }),
    SEED,
  )
})

test('a delta that does not fit makes nothing, or a list that is not the manifest’s; it never throws', async () => {
  await fc.assert(
    fc.asyncProperty(
      numbers,
      fc.uint8Array({ maxLength: 64 }),
      fc.uint8Array({ maxLength: 64 }),
      async (held, a, r) => {
        const whole = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length - (bytes.length % ENTRY_BYTES))
        const delta = { added: whole(a), removed: whole(r) }
        const before = entriesOf(held)
        const merged = await inSlices(merge(before, delta))
        if (merged) expect(merged.length).toBe(before.length + delta.added.length - delta.removed.length)
      },
    ),
    SEED,
  )
  const held = entriesOf([1n, 2n])
  expect(await inSlices(merge(held, { added: entriesOf([2n]), removed: entriesOf([]) }))).toBeUndefined()
  expect(await inSlices(merge(held, { added: entriesOf([]), removed: entriesOf([3n]) }))).toBeUndefined()
})

test('long work lets others run: 300,000 entries merged, nobody waits for it to end', async () => {
  const held = entriesOf(Array.from({ length: 300_000 }, (_, n) => BigInt(n) * 1_000_003n))
  const added = entriesOf(Array.from({ length: 30_000 }, (_, n) => BigInt(n) * 10_000_030n + 1n))
  let turns = 0
  let done = false
  const count = (): void => {
    turns++
    if (!done) setImmediate(count)
  }
  setImmediate(count)
  const slow = function* (): Generator<void, Uint8Array | undefined> {
    // A slow machine: as if each step took a slice.
    const work = merge(held, { added, removed: new Uint8Array() })
    for (;;) {
      const step = work.next()
      if (step.done) return step.value
      const until = performance.now() + 1
      while (performance.now() < until);
      yield
    }
  }
  const merged = await inSlices(slow())
  done = true
  expect(merged?.length).toBe(330_000 * ENTRY_BYTES)
  expect(turns).toBeGreaterThan(5)
})

test('a kiosk never goes back: whatever manifests come, what it asks for is at or after the highest seen', () => {
  const manifest = fc.record({ epoch: fc.integer({ min: 1, max: 3 }), version: fc.nat(5), from: fc.nat(5) })
  fc.assert(
    fc.property(fc.array(manifest, { maxLength: 20 }), (manifests) => {
      let seen = { epoch: 0, version: 0 }
      let held: { manifest: DenyListManifest } | undefined
      for (const { epoch, version, from } of manifests) {
        const next: DenyListManifest = {
          epoch,
          version,
          issuedAt: NOW.toISOString(),
          expiresAt: NOW.toISOString(),
          count: 0,
          sha256: `${epoch}${version}`.padStart(64, '0'),
          deltasFrom: from,
          canary: { hit: '0'.repeat(20), miss: '1'.repeat(20) },
        }
        const plan = planList(next, held, seen, NOW)
        const isBack = epoch < seen.epoch || (epoch === seen.epoch && version < seen.version)
        expect(plan.kind === 'refuse').toBe(isBack)
        if (plan.kind === 'refuse') continue
        if (plan.kind === 'delta') expect(plan.from).toBeGreaterThanOrEqual(from)
        seen = { epoch, version }
        held = { manifest: next }
      }
    }),
    SEED,
  )
})
