import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CALIBRATION_CODES, CODE_NAMES, heardThrough, LAYOUT_NAMES, SCANNER_SETTINGS } from './calibration.ts'
import { diagnose, type Finding, type Heard } from './calibration-diagnosis.ts'

const US = { layout: 'us', letters: 'kept', spaces: 'kept' } as const
const { alphabet, length } = CALIBRATION_CODES
const all = CODE_NAMES.map((name) => CALIBRATION_CODES[name])
const anyOrder = fc.shuffledSubarray(all, { minLength: all.length })

const text = (heard: string, msPerCharacter?: number): Heard => ({ kind: 'text', text: heard, msPerCharacter })
const kinds = (heard: readonly Heard[]): readonly Finding['kind'][] => diagnose(heard).findings.map(({ kind }) => kind)
const afterAll = (codes: readonly string[], fault: (code: string) => string): readonly Finding[] =>
  diagnose(codes.map((code) => text(fault(code)))).findings

describe('the codes', () => {
  it('hold what they are to prove', () => {
    expect(length).toHaveLength(148)
    expect(length).toMatch(/(.)\1/)
    expect(new Set(alphabet.slice(5)).size).toBe(45)
    for (const name of ['alphabet', 'length'] as const) expect(CALIBRATION_CODES[name]).toMatch(/^[0-9A-Z $%*+\-./:]+$/)
    expect(CALIBRATION_CODES.case).toMatch(/ {2}.* $/)
  })

  it('never change: sheets hang on walls', () => {
    expect(length.slice(0, 40)).toMatchInlineSnapshot(`"QPC3:BGSFGCX*H79OPWCMQ: OS*PLD6.5+-Z0WT*"`)
  })
})

describe('a good scanner', () => {
  it('is told that all is well, at any speed, in any order, read again and again', () => {
    fc.assert(
      fc.property(
        anyOrder,
        fc.array(fc.constantFrom(...all)),
        fc.option(fc.double({ min: 0, max: 20, noNaN: true }), { nil: undefined }),
        (codes, before, ms) => {
          const heard = [...before, ...codes].map((code) => text(code, ms))
          expect(kinds(heard)).toEqual(['all-well'])
        },
      ),
      { seed: 1 },
    )
  })

  it('is not praised before it has read all three', () => {
    expect(diagnose([])).toEqual({ read: [], findings: [] })
    expect(diagnose([text(alphabet)])).toEqual({ read: ['alphabet'], findings: [] })
    expect(diagnose([text(alphabet), text(length)])).toEqual({ read: ['alphabet', 'length'], findings: [] })
  })

  it('that makes small letters capital changes nothing of a pass', () => {
    expect(afterAll(all, (code) => code.toUpperCase())).toEqual([{ kind: 'all-well' }])
  })

  it('slow: says how long a pass takes', () => {
    const heard = all.map((code) => text(code, 80))
    expect(diagnose(heard).findings).toEqual([
      { kind: 'slow', msPerCharacter: 80, passMs: 11_840 },
      { kind: 'all-well', passMs: 11_840 },
    ])
  })
})

describe('each fault is named, and no other', () => {
  it('every setting of a scanner, in any order of scans', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SCANNER_SETTINGS), anyOrder, (setting, codes) => {
        const expected: Finding[] = []
        if (setting.layout !== 'us') expected.push({ kind: 'layout', layout: setting.layout, confused: [] })
        if (setting.letters === 'lower') expected.push({ kind: 'lower-case' })
        if (setting.letters === 'inverted') expected.push({ kind: 'case-inverted' })
        if (setting.spaces !== 'kept') expected.push({ kind: 'spaces', how: setting.spaces })
        if (expected.length === 0) expected.push({ kind: 'all-well' })
        expect(afterAll(codes, (code) => heardThrough(code, setting))).toEqual(expected)
      }),
      { seed: 2, numRuns: 500 },
    )
  })

  it.each(LAYOUT_NAMES)('the 45 characters alone tell the %s keyboard', (layout) => {
    expect(diagnose([text(heardThrough(alphabet, { ...US, layout }))])).toEqual({
      read: ['alphabet'],
      findings: [{ kind: 'layout', layout, confused: [] }],
    })
  })

  it('a prefix is learnt, with or without an AIM identifier behind it; a suffix is told', () => {
    const printable = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ012#_~')), minLength: 1, maxLength: 16 })
    fc.assert(
      fc.property(printable, printable, fc.constantFrom('', ']Q1'), (prefix, suffix, aim) => {
        expect(afterAll(all, (code) => prefix + aim + code)).toEqual([
          { kind: 'prefix', text: prefix, learnt: true },
          { kind: 'all-well' },
        ])
        expect(afterAll(all, (code) => code + suffix)).toEqual([{ kind: 'suffix', text: suffix }])
      }),
      { seed: 3 },
    )
  })

  it('a prefix that is too long, or comes in wrong letters, is not learnt', () => {
    expect(afterAll(all, (code) => `12345678901234567${code}`)).toMatchObject([{ kind: 'prefix', learnt: false }])
    expect(afterAll(all, (code) => `AB${code}`.toLowerCase())).toMatchObject([
      { kind: 'lower-case' },
      { kind: 'prefix', learnt: false },
    ])
  })

  it('characters that were lost are counted', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CODE_NAMES),
        fc.uniqueArray(fc.nat(1000), { minLength: 1, maxLength: 12 }),
        (code, places) => {
          const whole = CALIBRATION_CODES[code]
          const gone = new Set(places.map((place) => 5 + (place % (whole.length - 6))))
          const heard = Array.from(whole)
            .filter((_, at) => !gone.has(at))
            .join('')
          const [finding, ...others] = diagnose([text(heard)]).findings
          expect(others).toEqual([])
          if (finding?.kind === 'spaces') expect([...gone].every((at) => whole[at] === ' ')).toBe(true)
          else expect(finding).toEqual({ kind: 'characters-dropped', code, lost: gone.size })
        },
      ),
      { seed: 4, numRuns: 300 },
    )
  })

  it('a keyboard of a country not in the table: which characters came wrong', () => {
    const strange = alphabet.replaceAll('-', '=').replace('$', '~')
    expect(diagnose([text(strange)]).findings).toEqual([{ kind: 'layout', layout: 'unknown', confused: ['$', '-'] }])
  })

  it('keys that are no text, and another code', () => {
    expect(kinds([text(alphabet), { kind: 'garbage' }])).toEqual(['no-text'])
    expect(kinds([text('https://example.org/')])).toEqual(['not-the-sheet'])
    expect(kinds([text('')])).toEqual(['not-the-sheet'])
  })

  it('any text at all: an answer, and no exception', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 3 }), (texts) => {
        expect(diagnose(texts.map((one) => text(one))).findings.length).toBeGreaterThan(0)
      }),
      { seed: 5 },
    )
  })
})

it('a scanner set right in the meantime is judged by what it reads now', () => {
  const lower = all.map((code) => text(code.toLowerCase()))
  expect(diagnose([...lower, text(alphabet)])).toEqual({ read: ['alphabet'], findings: [] })
  expect(kinds([...lower, ...all.map((code) => text(code))])).toEqual(['all-well'])
})
