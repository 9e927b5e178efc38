import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hear, PRINTABLE } from './testing/hear.ts'
import { keyAt, typed } from './testing/typing.ts'

function textOf(alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength })
}

describe('a person', () => {
  /** ms: log-normal about a median, as measured of typists, with rolls of two to five keys, after which the hand moves. */
  function personsGaps(random: () => number, median: number, spread: number): () => number {
    let roll = 0
    return () => {
      if (roll === 0 && random() < 0.1) roll = 2 + Math.floor(random() * 4)
      if (roll > 0) roll -= 1
      if (roll > 0) return 20 + 30 * random()
      const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
      return median * Math.exp(spread * normal)
    }
  }

  const words = fc.array(textOf(PRINTABLE, 1, 14), { minLength: 1, maxLength: 12 }).map((all) => all.join('\r'))

  it('typing, however fast, is not a scan, and keeps Enter', () => {
    fc.assert(
      fc.property(
        words,
        fc.integer(),
        fc.integer({ min: 70, max: 250 }),
        fc.double({ min: 0.35, max: 0.7, noNaN: true }),
        fc.boolean(),
        (text, seed, median, spread, silences) => {
          const keys = typed(`${text}\r`, 0, personsGaps(randomOf(seed), median, spread))
          const { signals, consumed } = hear(keys, silences)
          expect(signals).toEqual([])
          expect(keys.filter((key, index) => key.code === 'Enter' && consumed[index])).toEqual([])
        },
      ),
      { seed: 3, numRuns: 2000 },
    )
  })

  it('rolling five keys and pressing Enter is not a scan', () => {
    const gap = (index: number): number => (index < 4 ? 20 : 90)
    expect(hear(typed('asdfg\r', 0, gap)).signals).toEqual([])
  })

  it('typing on after a scanner without suffix is no scan for longer than a second', () => {
    const gap = (index: number): number => (index < 9 ? 10 : 700)
    const { signals } = hear(typed('QP1:SCANNEDhello there', 0, gap))
    expect(signals).toEqual([{ kind: 'reading' }, { kind: 'scan', text: 'QP1:SCANNE' }, { kind: 'scan', text: 'D' }])
  })

  it('pressing Enter, Tab, Escape or a shortcut alone is heard by the page', () => {
    const keys = ['Enter', 'NumpadEnter', 'Tab', 'Escape', 'F1', 'ArrowLeft', 'ShiftLeft', 'CapsLock', ''].map(
      (code, index) => keyAt(1000 * index, { code, shift: false }),
    )
    const shortcut = keyAt(20_000, { code: 'KeyQ', shift: true }, { control: true })
    expect(hear([...keys, shortcut])).toMatchObject({ signals: [], consumed: Array(10).fill(false) })
  })

  it('holding a key down types nothing', () => {
    const keys = Array.from({ length: 100 }, (_, index) =>
      keyAt(30 * index, { code: 'KeyA', shift: false }, { isAutoRepeat: index > 0 }),
    )
    expect(hear(keys).signals).toEqual([])
  })
})

/** mulberry32: numbers in [0, 1) that follow from the seed. */
function randomOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
