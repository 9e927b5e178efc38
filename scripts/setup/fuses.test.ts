import { describe, expect, test } from 'vitest'
import { flipFuses } from './fuses.mjs'

/** A program with fuses in it: noise, mark, version, count, states, noise. */
const program = (version: number, states: string): Buffer =>
  Buffer.concat([
    Buffer.from('\x7fELF dL7pKGdn '),
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([version, states.length]),
    Buffer.from(states),
    Buffer.from(' 0101 the rest'),
  ])

describe('fuses', () => {
  test('Playwright’s goes on, the foreign snapshot’s off, and nothing else changes', () => {
    const bytes = program(1, '10001011')
    flipFuses(bytes)
    expect(bytes).toEqual(program(1, '10011001'))
  })

  test('what has none is refused', () => expect(() => flipFuses(Buffer.from('\x7fELF'))).toThrow(/no fuses/))

  test('another version is refused', () => expect(() => flipFuses(program(2, '10001011'))).toThrow(/another version/))

  test.each(['100010', '1000101', '100r1011'])('%s: fewer than we know, or one removed', (states) => {
    const bytes = program(1, states)
    if (states === '1000101') expect(() => flipFuses(bytes)).not.toThrow()
    else expect(() => flipFuses(bytes)).toThrow(/is not there/)
  })
})
