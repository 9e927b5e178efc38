import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  endOfBytes,
  hasBegunPass,
  LONGEST_SERIAL_FRAME,
  NO_BYTES,
  takeBytes,
  type SerialFrame,
  type SerialFraming,
} from './serial-framing.ts'

function framesOf(chunks: readonly Uint8Array[]): readonly SerialFrame[] {
  let framing: SerialFraming = NO_BYTES
  const frames: SerialFrame[] = []
  for (const chunk of chunks) {
    const step = takeBytes(framing, chunk)
    framing = step.framing
    frames.push(...step.frames)
    expect(framing.text.length).toBeLessThanOrEqual(LONGEST_SERIAL_FRAME)
  }
  return [...frames, ...endOfBytes(framing).frames]
}

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const text = (code: string): SerialFrame => ({ kind: 'text', text: code })

/** Bytes as scanners send them, and noise: many ends, many printable ones, any others. */
const stream = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.string().map((code) => Buffer.from(code, 'utf8')) },
      { weight: 4, arbitrary: fc.constantFrom('\r', '\n', '\r\n', '\t', '\x02', '\x03', ']Q1QP1:AB').map(bytes) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((some) => Buffer.from(some)) },
      { weight: 1, arbitrary: fc.constant(Buffer.alloc(LONGEST_SERIAL_FRAME - 5, 0x41)) },
    ),
    { maxLength: 30 },
  )
  .map((parts) => Buffer.concat(parts))

describe('bytes of a serial scanner', () => {
  it.each(['\r', '\n', '\r\n', '\t', '\x03', '\x03\r\n', ''])('end a code with %j, or silence', (end) => {
    expect(framesOf([bytes(`QP1:A B${end}`)])).toEqual([text('QP1:A B')])
  })

  it('may frame a code with STX and ETX, and begin it with an AIM identifier', () => {
    expect(framesOf([bytes('\x02]Q1QP1:AB\x03\x02QP1:CD\x03\r')])).toEqual([text('QP1:AB'), text('QP1:CD')])
  })

  it('give the same codes however they are cut', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(20), { minLength: 1, maxLength: 400 }), (all, sizes) => {
        const chunks: Buffer[] = []
        let at = 0
        for (const size of sizes) chunks.push(all.subarray(at, (at += size)))
        chunks.push(all.subarray(at))
        expect(framesOf(chunks)).toEqual(framesOf([all]))
      }),
      { seed: 11, numRuns: 500 },
    )
  })

  it('give the same codes cut at every border', () => {
    const all = bytes('\x02QP1:ONE\x03\r\n]Q1QP1:TWO\r\n\u0000\u00ff\rTHREE')
    const expected = [text('QP1:ONE'), text('QP1:TWO'), { kind: 'garbage', length: 2 }, text('THREE')]
    for (let first = 0; first <= all.length; first += 1) {
      for (let second = first; second <= all.length; second += 1) {
        const chunks = [all.subarray(0, first), all.subarray(first, second), all.subarray(second)]
        expect(framesOf(chunks)).toEqual(expected)
      }
    }
  })

  it('come through exactly when they are printable ASCII', () => {
    const codes = fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), { maxLength: 20 })
    fc.assert(
      fc.property(codes, fc.constantFrom('\r', '\n', '\r\n', '\t'), (all, end) => {
        fc.pre(all.every((code) => !/^\]Q[0-6]/.test(code)))
        expect(framesOf(all.map((code) => bytes(code + end)))).toEqual(all.map(text))
      }),
      { seed: 12, numRuns: 500 },
    )
  })

  it('that are no printable ASCII are garbage of their length: noise, GS, emoji, Cyrillic in UTF-8 or windows-1251', () => {
    for (const foreign of [
      Buffer.from([0x00, 0xff]),
      bytes('0104601234567890\x1d21ABC'),
      Buffer.from('QP1:🙂', 'utf8'),
      Buffer.from('Иванов', 'utf8'),
      Buffer.from([0xc8, 0xe2, 0xe0, 0xed, 0xee, 0xe2]),
    ]) {
      expect(framesOf([foreign, bytes('\rQP1:NEXT\r')])).toEqual([
        { kind: 'garbage', length: foreign.length },
        text('QP1:NEXT'),
      ])
    }
  })

  it('over the bound are garbage once, at once, and the next code is read', () => {
    const long = Buffer.alloc(1_000_000, 0x41)
    const garbage: SerialFrame = { kind: 'garbage', length: LONGEST_SERIAL_FRAME + 1 }
    const step = takeBytes(NO_BYTES, long)
    expect(step.frames).toEqual([garbage])
    expect(step.framing.text).toBe('')
    expect(framesOf([long, bytes('\r\nQP1:NEXT\r\n')])).toEqual([garbage, text('QP1:NEXT')])
    expect(framesOf([long.subarray(0, LONGEST_SERIAL_FRAME)])).toEqual([text('A'.repeat(LONGEST_SERIAL_FRAME))])
  })

  it('tell that a pass has begun, and not of any other code', () => {
    const begun = (some: string): boolean => hasBegunPass(takeBytes(NO_BYTES, bytes(some)).framing)
    expect(['QP1:', ']Q1QP1:AB', 'x\rQP1:'].map(begun)).toEqual([true, true, true])
    expect(['', 'QP1', 'QP1:A\r', 'https://qp1:', 'QP1:\x00'].map(begun)).toEqual(Array(5).fill(false))
  })
})
