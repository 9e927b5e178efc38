import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LONGEST_CODE, NO_CODE, takeReport, type HidFrame } from './hid-pos.ts'

/** What a scanner sends for a text, 63 bytes a report. */
function reportsOf(text: string, bytes = 56): readonly Uint8Array[] {
  const pieces = text.match(new RegExp(`[^]{1,${bytes}}`, 'g')) ?? ['']
  return pieces.map((piece, at) => {
    const report = new Uint8Array(63)
    report[0] = piece.length
    report.set(new TextEncoder().encode(']Q1'), 1)
    report.set(new TextEncoder().encode(piece), 4)
    report[62] = at < pieces.length - 1 ? 1 : 0
    return report
  })
}

function hear(reports: readonly Uint8Array[]): readonly HidFrame[] {
  const frames: HidFrame[] = []
  let code = NO_CODE
  for (const report of reports) {
    const step = takeReport(code, report)
    code = step.code
    if (step.frame) frames.push(step.frame)
  }
  return frames
}
const scan = (text: string): HidFrame => ({ kind: 'scan', text })
const PASS = `QP1:${'ABC 123*'.repeat(18)}`

describe('a scanner in HID POS mode', () => {
  it('is read whatever the length of the code, and however it is cut', () => {
    const text = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 1,
      maxLength: 400,
    })
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), fc.integer({ min: 1, max: 56 }), (texts, bytes) => {
        expect(hear(texts.flatMap((one) => reportsOf(one, bytes)))).toEqual(texts.map(scan))
      }),
      { seed: 8 },
    )
  })

  it('with exactly 56, 57 and 112 bytes', () => {
    for (const length of [56, 57, 112]) expect(hear(reportsOf('X'.repeat(length)))).toEqual([scan('X'.repeat(length))])
  })

  it('may send its suffix here too; the spaces of the code stay', () => {
    expect(hear(reportsOf(`${PASS} \r\n`))).toEqual([scan(`${PASS} `)])
    expect(hear(reportsOf('\r'))).toEqual([])
  })

  it('with letters that are no ASCII, or too many bytes, has sent garbage once; the next code is read', () => {
    const cyrillic = reportsOf('AB')[0] ?? new Uint8Array()
    cyrillic.set([0xd0, 0x9f], 4)
    expect(hear([cyrillic, ...reportsOf(PASS)])).toEqual([{ kind: 'garbage', length: 2 }, scan(PASS)])
    expect(hear([...reportsOf('Y'.repeat(3 * LONGEST_CODE)), ...reportsOf(PASS)])).toEqual([
      { kind: 'garbage', length: LONGEST_CODE + 1 },
      scan(PASS),
    ])
  })

  it('any bytes do no harm, and a pass after a code that ended is read', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 80 })), (reports) => {
        expect(hear([...reports, new Uint8Array(63), ...reportsOf(PASS)]).at(-1)).toEqual(scan(PASS))
      }),
      { seed: 9 },
    )
  })
})
