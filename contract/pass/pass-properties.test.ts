/** What holds for every pass. `npm run fuzz` does the same to a million. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeBase45, encodeBase45 } from './base45.ts'
import { checkPass } from './pass.ts'
import { testKeys, testKeySet, verifyInNode } from '../testing/test-keys.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const claims = fc.record({
  expiresAt: fc.integer({ min: 0x10000, max: 0xffffffff }),
  handle: fc.string({ unit: fc.constantFrom('0', '1', '2', '9', 'a', 'f'), minLength: 20, maxLength: 20 }),
})
const venue = fc.string({ unit: fc.nat({ max: 35 }).map((at) => ALPHABET.charAt(at)), minLength: 1, maxLength: 16 })
const issued = fc.oneof(
  claims.map((of) => ({ text: testKeys.static.issue(of), claims: { ...of, keyId: 1 } })),
  claims.map((of) => ({ text: testKeys.dynamic.issue(of), claims: { ...of, keyId: 2 } })),
  fc.tuple(claims, venue).map(([of, audience]) => {
    const bound = { ...of, audience }
    return { text: testKeys.phone.issue(bound), claims: { ...bound, keyId: 3 } }
  }),
)
const check = (text: string): ReturnType<typeof checkPass> => checkPass(text, testKeySet, verifyInNode)

it('every claim survives the round trip', () => {
  fc.assert(
    fc.property(issued, (pass) => {
      expect(check(pass.text)).toMatchObject({ kind: 'authentic', claims: pass.claims })
    }),
    { seed: 3, numRuns: 500 },
  )
})

it('every other character in every place makes it inauthentic', () => {
  const { text } = fc.sample(issued, { seed: 5, numRuns: 1 })[0] ?? { text: '' }
  for (let at = 0; at < text.length; at++) {
    // three others a place: the next, one far off, and one outside the alphabet
    for (const other of [1, 22]
      .map((by) => ALPHABET.charAt((ALPHABET.indexOf(text.charAt(at)) + by) % 45))
      .concat('q')) {
      expect(check(text.slice(0, at) + other + text.slice(at + 1)).kind).not.toBe('authentic')
    }
  }
})

it('every single bit makes it inauthentic', () => {
  const { text } = fc.sample(issued, { seed: 6, numRuns: 1 })[0] ?? { text: '' }
  const bytes = decodeBase45(text.slice(4)) ?? new Uint8Array()
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Uint8Array.from(bytes, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
    expect(check(`QP1:${encodeBase45(flipped)}`).kind, `bit ${bit}`).not.toBe('authentic')
  }
})

it('any edits make it inauthentic, unless they lead back to the text', () => {
  const edit = fc.tuple(fc.constantFrom('set', 'insert', 'delete', 'swap'), fc.nat({ max: 200 }), fc.nat({ max: 44 }))
  fc.assert(
    fc.property(issued, fc.array(edit, { minLength: 1, maxLength: 6 }), ({ text }, edits) => {
      const edited = edits.reduce((now, [kind, place, value]) => {
        const at = place % now.length
        const character = ALPHABET.charAt(value)
        if (kind === 'set') return now.slice(0, at) + character + now.slice(at + 1)
        if (kind === 'insert') return now.slice(0, at) + character + now.slice(at)
        if (kind === 'delete') return now.slice(0, at) + now.slice(at + 1)
        return now.slice(0, at) + now.charAt(at + 1) + now.charAt(at) + now.slice(at + 2)
      }, text)
      if (edited !== text) expect(check(edited).kind).not.toBe('authentic')
    }),
    { seed: 7, numRuns: 2000 },
  )
})

it('halves of two good passes make no third', () => {
  fc.assert(
    fc.property(issued, issued, fc.nat({ max: 140 }), (one, two, cut) => {
      const spliced = one.text.slice(0, cut) + two.text.slice(cut)
      if (spliced !== one.text && spliced !== two.text) expect(check(spliced).kind).not.toBe('authentic')
    }),
    { seed: 8, numRuns: 2000 },
  )
})
