import * as other from '@digitalbazaar/base45'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase45, encodeBase45 } from './base45.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const anyBytes = fc.uint8Array({ maxLength: 200 })
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

describe('RFC 9285', () => {
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('§4.3, §4.4: %s is %s', (bytes, text) => {
    expect(encodeBase45(utf8(bytes))).toBe(text)
    expect(decodeBase45(text)).toEqual(utf8(bytes))
  })

  it.each(['GGW', ':::', '::', 'A', 'ABCD', 'ab8', 'BB\u00e9', 'BB!', 'B\n8', '\u{1f600}8'])(
    '§6: %j is refused',
    (text) => {
      expect(decodeBase45(text)).toBeUndefined()
    },
  )

  it('§6: FGW is the greatest triplet', () => {
    expect(decodeBase45('FGW')).toEqual(Uint8Array.of(0xff, 0xff))
  })
})

it('every byte string survives the round trip, as another implementation has it', () => {
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const text = encodeBase45(bytes)
      expect(text).toBe(other.encode(bytes))
      expect(decodeBase45(text)).toEqual(bytes)
      // the pass text never ends in a space, so that trimming one off is no second text
      expect(text.endsWith(' ')).toBe(false)
    }),
    { seed: 45, numRuns: 2000 },
  )
})

it('a byte string has one text: whatever decodes is what its bytes encode to', () => {
  const anyText = fc.string({ unit: fc.nat({ max: 44 }).map((value) => ALPHABET.charAt(value)), maxLength: 30 })
  let decoded = 0
  fc.assert(
    fc.property(anyText, (text) => {
      const bytes = decodeBase45(text)
      if (!bytes) return
      decoded++
      expect(encodeBase45(bytes)).toBe(text)
    }),
    { seed: 9285, numRuns: 5000 },
  )
  expect(decoded).toBeGreaterThan(500)
})
