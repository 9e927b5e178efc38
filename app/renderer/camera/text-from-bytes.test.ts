import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textFromBytes } from './text-from-bytes.ts'

test('whatever is UTF-8 is read as it was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      // a byte order mark at the start is no character
      fc.pre(!text.startsWith('\uFEFF'))
      expect(textFromBytes(new TextEncoder().encode(text), '')).toBe(text)
    }),
    { seed: 3 },
  )
})

test('what cannot be UTF-8 is windows-1251', () => {
  expect(textFromBytes(Uint8Array.from([0xc8, 0xe2, 0xe0, 0xed, 0xee, 0xe2]), 'Èâàíîâ')).toBe('Иванов')
})

test('what the decoder is sure of stands', () => {
  expect(textFromBytes(Uint8Array.from([0x83, 0x82, 0x83, 0x6f]), 'モバ')).toBe('モバ')
})
