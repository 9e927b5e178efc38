import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDelta, writeDelta } from '../../contract/kiosk/deny-list.ts'
import { bytesOf, composed, deltaBetween, entriesOf, reversed, withDelta } from './delta.ts'

/** Few different ones, so that lists have much in common; high and low halves that coincide. */
const entry = fc.oneof(
  fc.bigInt({ min: 0n, max: 40n }),
  fc.bigInt({ min: 0n, max: 40n }).map((n) => n << 32n),
  fc.constantFrom(2n ** 64n - 1n, 2n ** 63n, 2n ** 63n - 1n),
)
const list = fc.uniqueArray(entry, { maxLength: 60 }).map((entries) => bytesOf(BigUint64Array.from(entries).sort()))

test('what leads from one list to another leads there, over the wire and back', () => {
  fc.assert(
    fc.property(list, list, (before, after) => {
      const delta = readDelta(writeDelta(deltaBetween(before, after)))
      if (!delta) throw new Error('is no delta')
      expect(withDelta(before, delta)).toEqual(after)
      expect(withDelta(after, reversed(delta))).toEqual(before)
    }),
    { seed: 64, numRuns: 2000 },
  )
})

test('many steps are one, and what came and went is not in it', () => {
  fc.assert(
    fc.property(fc.array(list, { minLength: 2, maxLength: 8 }), (lists) => {
      const steps = lists.slice(1).map((after, at) => deltaBetween(lists[at] ?? new Uint8Array(), after))
      const [first = new Uint8Array(), last = new Uint8Array()] = [lists[0], lists.at(-1)]
      expect(composed(steps)).toEqual(deltaBetween(first, last))
    }),
    { seed: 65, numRuns: 500 },
  )
})

test('a delta of another list is noticed', () => {
  let refused = 0
  fc.assert(
    fc.property(list, list, list, (before, after, other) => {
      const delta = deltaBetween(before, after)
      const held = new Set(entriesOf(other))
      const fits =
        entriesOf(delta.removed).every((one) => held.has(one)) && !entriesOf(delta.added).some((one) => held.has(one))
      refused += fits ? 0 : 1
      expect(withDelta(other, delta) !== undefined).toBe(fits)
    }),
    { seed: 66, numRuns: 1000 },
  )
  expect(refused).toBeGreaterThan(500)
})
