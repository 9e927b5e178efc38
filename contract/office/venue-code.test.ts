import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCharacter, posterUrl, spokenCode, typedCode, VENUE_CODE, venueCodeFrom } from './venue-code.ts'

const ALPHABET = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')
const bytes = fc.uint8Array({ minLength: 7, maxLength: 20 })
const code = bytes.map(venueCodeFrom)
const whole = code.map((text) => text + checkCharacter(text))

describe('a venue code', () => {
  it('is seven characters of 32, every one as likely', () => {
    const seen = new Set(Array.from({ length: 256 }, (_, byte) => venueCodeFrom(new Uint8Array(7).fill(byte))))
    expect(seen.size).toBe(32)
    fc.assert(
      fc.property(code, (text) => void expect(text).toMatch(VENUE_CODE)),
      { seed: 1 },
    )
    expect(() => venueCodeFrom(new Uint8Array(6))).toThrow(/seven/)
  })

  it('comes back as it was printed, from the address and from what is typed', () => {
    fc.assert(
      fc.property(code, (text) => {
        expect(typedCode(spokenCode(text))).toEqual({ kind: 'code', code: text })
        expect(typedCode(posterUrl('https://qr.example', text))).toEqual({ kind: 'code', code: text })
        expect(typedCode(`https://qr.example/v/${text}`)).toEqual({ kind: 'code', code: text })
      }),
      { seed: 2, numRuns: 500 },
    )
  })

  it('has every single wrong character noticed', () => {
    fc.assert(
      fc.property(whole, fc.nat({ max: 7 }), fc.constantFrom(...ALPHABET), (text, at, other) => {
        fc.pre(text[at] !== other)
        expect(typedCode(text.slice(0, at) + other + text.slice(at + 1))).toEqual({ kind: 'slip' })
      }),
      { seed: 3, numRuns: 5000 },
    )
  })

  it('has every exchange of two characters noticed, neighbours or not', () => {
    fc.assert(
      fc.property(whole, fc.nat({ max: 7 }), fc.nat({ max: 7 }), (text, one, other) => {
        fc.pre(text[one] !== text[other])
        const letters = Array.from(text)
        letters[one] = text.charAt(other)
        letters[other] = text.charAt(one)
        expect(typedCode(letters.join(''))).toEqual({ kind: 'slip' })
      }),
      { seed: 4, numRuns: 5000 },
    )
  })

  it('is read whatever the case, the gaps and the alphabet of its letters', () => {
    const cyrillic: Readonly<Record<string, string>> = {
      A: 'а', B: 'в', C: 'с', E: 'е', H: 'Н', K: 'к', M: 'м', P: 'р', T: 'т', X: 'х', Y: 'у', 0: 'О', 3: 'З', 1: 'l',
    } // prettier-ignore
    fc.assert(
      fc.property(code, fc.boolean(), (text, apart) => {
        const typed = Array.from(text + checkCharacter(text)).map((letter) => cyrillic[letter] ?? letter.toLowerCase())
        expect(typedCode(` ${typed.join(apart ? ' - ' : '')} `)).toEqual({ kind: 'code', code: text })
      }),
      { seed: 5, numRuns: 1000 },
    )
  })

  it('is not seen in what is none, and nothing makes it throw', () => {
    for (const none of ['', '7K4Q', 'QP1:AB', 'U'.repeat(8), '7K4Q2MXU', 'https://qr.example/join', '<script>', '\0'])
      expect(typedCode(none)).toEqual({ kind: 'no-code' })
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(['code', 'slip', 'no-code']).toContain(typedCode(text).kind)
      }),
      { seed: 6, numRuns: 2000 },
    )
  })
})
