import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALPHABET_45, every, hear, PASS, PRINTABLE, READING, scan } from './testing/hear.ts'
import { keyAt, pressesFor, typed } from './testing/typing.ts'
import { LONGEST_FRAME, pressKey, WEDGE_IDLE, type WedgeSignal, type WedgeState } from './wedge-decoder.ts'
import type { WedgeKey } from './wedge-keys.ts'

function textOf(alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength })
}

/** Gaps of a scanner, ms: a quick one with any jitter, or the slow make's about 80 with peaks of 100. */
const scannerGaps = fc
  .oneof(fc.tuple(fc.constant(0), fc.integer({ min: 0, max: 30 })), fc.constant([60, 100] as const))
  .chain(([min, max]) => fc.infiniteStream(fc.integer({ min, max })))

function nextOf(gaps: Iterator<number, unknown>): () => number {
  return () => {
    const next = gaps.next()
    return next.done === true ? 0 : next.value
  }
}

describe('a scanner', () => {
  it.each([0, 1, 10, 20, 40, 80, 100])('is read exactly at %i ms a character', (ms) => {
    expect(hear(typed(`${PASS}\r`, 5, every(ms))).signals).toEqual([READING, scan(PASS)])
  })

  it('is read exactly with any text of the pass alphabet, at any speed, ending with Enter, Tab or silence', () => {
    fc.assert(
      fc.property(
        textOf(ALPHABET_45, 0, 300),
        scannerGaps,
        fc.constantFrom('\r', '\t', '\r\n', ''),
        (body, gaps, end) => {
          const { signals, consumed } = hear(typed(`QP1:${body}${end}`, 0, nextOf(gaps)))
          expect(signals).toEqual([READING, scan(`QP1:${body}`)])
          expect(consumed).not.toContain(false)
        },
      ),
      { seed: 1, numRuns: 500 },
    )
  })

  it('is read exactly with any printable text of some length', () => {
    fc.assert(
      fc.property(textOf(PRINTABLE, 13, 200), scannerGaps, fc.constantFrom('\r', '\t', ''), (text, gaps, end) => {
        const { signals } = hear(typed(text + end, 0, nextOf(gaps)))
        expect(signals.filter((signal) => signal.kind !== 'reading')).toEqual([scan(text.replace(/^\]Q[0-6]/, ''))])
      }),
      { seed: 2, numRuns: 500 },
    )
  })

  it('types all 95 printable characters', () => {
    expect(hear(typed(`${PRINTABLE}\r`, 0, every(10))).signals).toEqual([scan(PRINTABLE)])
  })

  it('may type digits on the keypad', () => {
    const keys = Array.from('0123456789', (digit, index) => keyAt(index * 10, { code: `Numpad${digit}`, shift: false }))
    const end = keyAt(100, { code: 'NumpadEnter', shift: false })
    expect(hear([...keys, end]).signals).toEqual([scan('0123456789')])
  })

  it('says reading as soon as the prefix has come, also behind an AIM identifier, which is no part of the code', () => {
    const keys = typed(`]Q1${PASS}\r`, 0, every(80))
    expect(hear(keys.slice(0, 6), false).signals).toEqual([])
    expect(hear(keys.slice(0, 7), false).signals).toEqual([READING])
    expect(hear(keys).signals).toEqual([READING, scan(PASS)])
  })

  it('may send two codes back to back', () => {
    expect(hear(typed(`${PASS}\rQP1:2\r`, 0, every(10))).signals).toEqual([READING, scan(PASS), READING, scan('QP1:2')])
  })

  it('is believed after its prefix, however the computer lags', () => {
    const lag = (index: number): number => (index === 50 ? 600 : 1)
    expect(hear(typed(`${PASS}\r`, 0, lag), false).signals).toEqual([READING, scan(PASS)])
  })

  it('that lags right in its prefix is read all the same, and says reading later', () => {
    const lag = (index: number): number => (index === 1 ? 280 : 80)
    const keys = typed(`${PASS}\r`, 0, lag)
    expect(hear(keys.slice(0, 12)).signals).toEqual([])
    expect(hear(keys).signals).toEqual([READING, scan(PASS)])
  })

  it('slow, on a computer that lags and catches up, is heard also where its prefix is lost', () => {
    const lag = (index: number): number => (index % 10 === 5 ? 120 : index % 10 === 6 ? 40 : 80)
    expect(hear(typed(`${PASS.slice(4)}\r`, 0, lag)).signals).toEqual([scan(PASS.slice(4))])
  })

  it('interrupted by silence is two unreadable codes, not one and not none', () => {
    const pause = (index: number): number => (index === 50 ? 600 : 10)
    const text = `${PASS}\r`
    const { signals, consumed } = hear(typed(text, 0, pause))
    expect(signals).toEqual([READING, scan(PASS.slice(0, 51)), scan(PASS.slice(51))])
    expect(consumed).not.toContain(false)
  })

  it('interrupted just before its end keeps even one last key and its Enter from the page', () => {
    for (const left of [0, 1, 2]) {
      const pause = (index: number): number => (index === PASS.length - 1 - left ? 700 : 80)
      expect(hear(typed(`${PASS}\r`, 0, pause)).consumed).not.toContain(false)
    }
  })

  it('whose first keys went elsewhere is an unreadable code, not nothing', () => {
    for (const ms of [1, 10, 80]) {
      expect(hear(typed(`${PASS.slice(9)}\r`, 0, every(ms))).signals).toEqual([scan(PASS.slice(9))])
    }
  })

  it('may press Enter twice, or Ctrl+J after Enter, for CR LF: one code, and none of it reaches the page', () => {
    const code = typed(PASS, 0, every(10))
    const at = 10 * PASS.length
    const enter = keyAt(at, { code: 'Enter', shift: false })
    for (const second of [
      keyAt(at + 10, { code: 'Enter', shift: false }),
      keyAt(at + 80, { code: 'NumpadEnter', shift: false }),
      keyAt(at + 10, { code: 'KeyJ', shift: false }, { control: true }),
    ]) {
      const { signals, consumed } = hear([...code, enter, second])
      expect(signals).toEqual([READING, scan(PASS)])
      expect(consumed).not.toContain(false)
    }
  })

  it('in ALT mode types no text: garbage, once', () => {
    const digits = Array.from('0081008000490058', (digit, index) =>
      keyAt(index * 10, { code: `Numpad${digit}`, shift: false }, { alt: true }),
    )
    const end = keyAt(160, { code: 'Enter', shift: false })
    expect(hear([...digits, end]).signals).toEqual([{ kind: 'garbage', length: 16 }])
    expect(hear([...digits, end]).consumed).not.toContain(false)
  })

  it('that presses a control character inside a code has sent garbage', () => {
    const keys = [...typed(`${PASS}\r`, 0, every(10))]
    keys.splice(40, 0, keyAt(395, { code: 'BracketRight', shift: false }, { control: true }))
    expect(hear(keys).signals).toEqual([READING, { kind: 'garbage', length: PASS.length + 1 }])
  })

  it('with a code over the bound has sent garbage once; the next code is read', () => {
    const long = 'A'.repeat(3 * LONGEST_FRAME)
    const keys = typed(`${long}\r${PASS}\r`, 0, every(1))
    const garbage: WedgeSignal = { kind: 'garbage', length: LONGEST_FRAME + 1 }
    expect(hear(keys).signals).toEqual([garbage, READING, scan(PASS)])
    expect(hear(typed(long, 0, every(1))).signals).toEqual([garbage])
    expect(hear(typed('A'.repeat(LONGEST_FRAME), 0, every(1))).signals).toEqual([scan('A'.repeat(LONGEST_FRAME))])
  })
})

describe('any keys', () => {
  const key: fc.Arbitrary<Omit<WedgeKey, 'at'>> = fc.record({
    code: fc.oneof(
      fc.constantFrom(
        'Enter',
        'Tab',
        'NumpadEnter',
        'Numpad5',
        'Escape',
        'ShiftLeft',
        'IntlBackslash',
        '',
        '__proto__',
      ),
      fc.constantFrom(...pressesFor(PRINTABLE).map((press) => press.code)),
      fc.string(),
    ),
    shift: fc.boolean(),
    control: fc.boolean(),
    alt: fc.boolean(),
    meta: fc.boolean(),
    isAutoRepeat: fc.boolean(),
  })

  it('do no harm: no exception, bounded memory, and a pass after them is read', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.integer({ min: -50, max: 400 })), { maxLength: 300 }), (pressed) => {
        let at = 0
        const keys = pressed.map(([one, gap]) => ({ ...one, at: (at += gap) }))
        const { state } = hear(keys)
        expect(state.kind).toBe('idle')
        expect(JSON.stringify(state).length).toBeLessThan(100)
        expect(hear([...keys, ...typed(`${PASS}\r`, at + 2000, every(5))]).signals.slice(-2)).toEqual([
          READING,
          scan(PASS),
        ])
      }),
      { seed: 4, numRuns: 500 },
    )
  })

  it('without end keep no more than one frame', () => {
    let state: WedgeState = WEDGE_IDLE
    for (let index = 0; index < 20 * LONGEST_FRAME; index += 1) {
      state = pressKey(state, keyAt(index, { code: 'KeyA', shift: false })).state
      if (state.kind === 'frame') expect(state.text.length).toBeLessThanOrEqual(LONGEST_FRAME)
    }
    expect(state).toEqual({ kind: 'overlong', lastAt: 20 * LONGEST_FRAME - 1 })
  })
})
