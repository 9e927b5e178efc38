import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ENTRY_BYTES, entryMessage, listHolds } from './deny-list.ts'
import { bytesOfHex, hexOf } from '../pass/pass.ts'

/** Few different values in few places, so that neighbours, high halves and low halves often coincide. */
const entry = fc.oneof(
  fc
    .array(fc.constantFrom(0x00, 0x01, 0x7f, 0x80, 0xff), { minLength: 8, maxLength: 8 })
    .map((bytes) => Uint8Array.from(bytes)),
  fc.uint8Array({ minLength: 8, maxLength: 8 }),
)

function sorted(entries: readonly Uint8Array[]): Uint8Array {
  return bytesOfHex(entries.map(hexOf).toSorted().join(''))
}

it('holds exactly what a Set holds', () => {
  let found = 0
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 60 }), fc.array(entry, { maxLength: 20 }), (listed, sought) => {
      const list = sorted(listed)
      const set = new Set(listed.map(hexOf))
      for (const one of [...listed, ...sought]) {
        found += set.has(hexOf(one)) ? 1 : 0
        expect(listHolds(list, one)).toBe(set.has(hexOf(one)))
      }
    }),
    { seed: 8, numRuns: 1000 },
  )
  expect(found).toBeGreaterThan(4000)
})

it('reads a list and an entry that lie inside larger buffers', () => {
  const list = sorted([Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9)])
  const padded = Uint8Array.of(0xee, ...list, 0xee).subarray(1, 1 + 2 * ENTRY_BYTES)
  expect(listHolds(padded, Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8).subarray(1))).toBe(true)
  expect(listHolds(padded, Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8).subarray(0, 8))).toBe(false)
})

it('the message of an entry is "deny1" and the handle', () => {
  expect(hexOf(entryMessage(bytesOfHex('00112233445566778899')))).toBe('64656e793100112233445566778899')
})
