import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holderFault, taxFault, tidyNumber, type TaxFault } from './tax-number.ts'
import { taxFaultWords } from './tax-number-words.ts'

/** Published numbers of well-known companies and of a state body, and ones made by the published rule. */
const RIGHT = {
  inn: ['7707083893', '7736050003', '7702070139', '500100732259'],
  ogrn: ['1027700132195', '1027700070518', '304500116000157'],
} as const

/** The rule told anew, with plain sums of text: an oracle that shares nothing with the code. */
function oracle(number: 'inn' | 'ogrn', text: string): boolean {
  const sum = (weights: string): number =>
    (weights.split(',').reduce((total, weight, at) => total + Number(weight) * Number(text.charAt(at)), 0) % 11) % 10
  if (number === 'inn' && text.length === 10) return sum('2,4,10,3,5,9,4,6,8') === Number(text.charAt(9))
  if (number === 'inn')
    return (
      sum('7,2,4,10,3,5,9,4,6,8') === Number(text.charAt(10)) &&
      sum('3,7,2,4,10,3,5,9,4,6,8') === Number(text.charAt(11))
    )
  const divisor = text.length === 13 ? 11n : 13n
  return ((BigInt(text.slice(0, -1)) % divisor) % 10n).toString() === text.at(-1)
}

describe('numbers that are right', () => {
  test.each(RIGHT.inn)('ИНН %s', (text) => expect(taxFault('inn', text)).toBeUndefined())
  test.each(RIGHT.ogrn)('ОГРН %s', (text) => expect(taxFault('ogrn', text)).toBeUndefined())
})

const digits = (length: number, first = '123456789') =>
  fc
    .tuple(fc.constantFrom(...first), fc.array(fc.nat({ max: 9 }), { minLength: length - 1, maxLength: length - 1 }))
    .map(([head, rest]) => head + rest.join(''))
const cases = [
  ['inn', 10, undefined],
  ['inn', 12, undefined],
  ['ogrn', 13, '15'],
  ['ogrn', 15, '3'],
] as const

describe.each(cases)('%s of %i digits', (number, length, first) => {
  test('is right exactly where the published rule says so', () => {
    fc.assert(
      fc.property(digits(length, first), (text) => {
        expect(taxFault(number, text) === undefined).toBe(oracle(number, text))
      }),
      { numRuns: 2000 },
    )
  })

  test('the digit that is said to be expected makes it right, digit after digit', () => {
    fc.assert(
      fc.property(digits(length, first), (text) => {
        let mended = text
        for (let turn = 0; turn < 3; turn++) {
          const fault = taxFault(number, mended)
          if (fault?.kind !== 'check-digit') break
          expect(String(fault.found)).toBe(mended.charAt(fault.position - 1))
          mended = mended.slice(0, fault.position - 1) + String(fault.expected) + mended.slice(fault.position)
        }
        expect(taxFault(number, mended)).toBeUndefined()
      }),
    )
  })
})

test('two digits that changed places are found', () => {
  for (const [typed, at] of [
    ['7770083893', 3],
    ['7707083983', 8],
  ] as const) {
    const fault = taxFault('inn', typed)
    expect(fault).toMatchObject({ kind: 'check-digit', position: 10 })
    expect(fault?.kind === 'check-digit' && fault.swapped).toContain(at)
  }
})

test.each<[string, 'inn' | 'ogrn', string, TaxFault['kind']]>([
  ['letters', 'inn', '77О7083893', 'not-digits'],
  ['a КПП', 'inn', '770701001', 'length'],
  ['an ОГРН', 'inn', '1027700132195', 'length'],
  ['an ИНН', 'ogrn', '7707083893', 'length'],
  ['nothing but zeros', 'inn', '0000000000', 'zeros'],
  ['nothing but zeros', 'ogrn', '0000000000000', 'zeros'],
  ['a number of another record', 'ogrn', '2027700132194', 'first-digit'],
])('%s as %s: %s is %s', (_what, number, text, kind) => {
  expect(taxFault(number, text)?.kind).toBe(kind)
})

test('every fault is explained in both languages, in its own words', () => {
  const faults: TaxFault[] = [
    { kind: 'not-digits', number: 'inn', found: 'О' },
    ...[9, 11, 13].map((length) => ({ kind: 'length', number: 'inn', length }) as const),
    ...[10, 14].map((length) => ({ kind: 'length', number: 'ogrn', length }) as const),
    { kind: 'zeros', number: 'inn' },
    { kind: 'first-digit', number: 'ogrn', holder: 'company', found: 2 },
    { kind: 'first-digit', number: 'ogrn', holder: 'entrepreneur', found: 2 },
    { kind: 'check-digit', number: 'inn', position: 10, found: 4, expected: 3, swapped: [] },
    { kind: 'check-digit', number: 'inn', position: 10, found: 4, expected: 3, swapped: [4] },
    { kind: 'other-holder', inn: 'company', against: 'ogrn' },
    { kind: 'other-holder', inn: 'entrepreneur', against: 'ogrn' },
    { kind: 'other-holder', inn: 'company', against: 'name' },
  ]
  for (const locale of ['ru', 'en'] as const) {
    const told = faults.map((fault) => taxFaultWords(fault, locale))
    expect(new Set(told).size).toBe(faults.length)
    for (const sentence of told) expect(sentence).toMatch(/[.»]$/)
  }
  expect(
    taxFaultWords({ kind: 'check-digit', number: 'inn', position: 10, found: 4, expected: 3, swapped: [4] }, 'ru'),
  ).toBe(
    'Опечатка: при остальных цифрах 10-я должна быть 3, а здесь 4. Похоже, местами поменялись соседние цифры: проверьте 4-ю и 5-ю.',
  )
})

test('what is pasted around a number falls off', () => {
  expect(tidyNumber(' 77 0708-3893 ')).toBe('7707083893')
  expect(tidyNumber('7707083893/770701001')).toBe('7707083893')
  expect(tidyNumber('1 02 77 00 132195')).toBe('1027700132195')
})

test('ИНН, ОГРН and the legal form speak of the same kind of holder', () => {
  const company = { inn: '7707083893', ogrn: '1027700132195', organisation: 'ООО «Ромашка»' }
  const entrepreneur = { inn: '500100732259', ogrn: '304500116000157', organisation: 'ИП Иванов Иван Иванович' }
  expect(holderFault(company)).toBeUndefined()
  expect(holderFault(entrepreneur)).toBeUndefined()
  expect(holderFault({ ...entrepreneur, inn: company.inn })).toEqual({
    kind: 'other-holder',
    inn: 'company',
    against: 'ogrn',
  })
  expect(holderFault({ ...company, inn: entrepreneur.inn })).toMatchObject({ inn: 'entrepreneur', against: 'ogrn' })
  expect(holderFault({ ...company, organisation: 'ИП Иванов И. И.' })).toMatchObject({
    inn: 'company',
    against: 'name',
  })
  // a company whose name only begins alike
  expect(holderFault({ ...company, organisation: 'ИПОТЕКА-СЕРВИС, ООО' })).toBeUndefined()
})
