/** ИНН, ОГРН and ОГРНИП: what is wrong with one as somebody typed it, said so precisely that it can be put right. */

/** Whose number it is: a company's (ИНН 10, ОГРН 13 digits) or an entrepreneur's (ИНН 12, ОГРНИП 15). */
export type Holder = 'company' | 'entrepreneur'
export type TaxNumber = 'inn' | 'ogrn'

/** Positions count from 1, as people do. */
export type TaxFault =
  | { readonly kind: 'not-digits'; readonly number: TaxNumber; readonly found: string }
  | { readonly kind: 'length'; readonly number: TaxNumber; readonly length: number }
  | { readonly kind: 'zeros'; readonly number: TaxNumber }
  /** ОГРН begins with 1 or 5, ОГРНИП with 3; other numbers of the same length are numbers of later records */
  | { readonly kind: 'first-digit'; readonly number: 'ogrn'; readonly holder: Holder; readonly found: number }
  | {
      readonly kind: 'check-digit'
      readonly number: TaxNumber
      readonly position: number
      readonly found: number
      readonly expected: number
      /** exchanging this digit with the next one makes the number right; several, or none, may do so */
      readonly swapped: readonly number[]
    }
  /** the ИНН is of the other kind of holder than the ОГРН, or than the organisation's name says */
  | { readonly kind: 'other-holder'; readonly inn: Holder; readonly against: 'ogrn' | 'name' }

/** Digits alone, as far as spaces, dashes and a КПП behind a slash («2634012345/263401001») are what is too much. */
export const tidyNumber = (typed: string): string =>
  typed.replaceAll(/[\s\-–—]/g, '').replace(/^(\d{10})\/\d{9}$/, '$1')

const INN_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8]
const INN_11TH = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
const INN_12TH = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

const weighed = (digits: readonly number[], weights: readonly number[]): number =>
  (weights.reduce((sum, weight, at) => sum + weight * (digits[at] ?? 0), 0) % 11) % 10

/** The leading digits as one number, by a remainder that fits: 13 and 15 digits do not go through float arithmetic alone. */
const remainder = (digits: readonly number[], divisor: number): number =>
  digits.reduce((rest, digit) => (rest * 10 + digit) % divisor, 0) % 10

/** What each check digit should be, by its position. */
function checkDigits(
  number: TaxNumber,
  digits: readonly number[],
): readonly (readonly [at: number, expected: number])[] {
  if (number === 'ogrn') {
    const last = digits.length - 1
    return [[last, remainder(digits.slice(0, last), last - 1)]]
  }
  if (digits.length === 10) return [[9, weighed(digits, INN_10)]]
  return [
    [10, weighed(digits, INN_11TH)],
    [11, weighed(digits, INN_12TH)],
  ]
}

const firstWrong = (
  number: TaxNumber,
  digits: readonly number[],
): readonly [at: number, expected: number] | undefined =>
  checkDigits(number, digits).find(([at, expected]) => digits[at] !== expected)

const LENGTHS: Readonly<Record<TaxNumber, Readonly<Record<number, Holder>>>> = {
  inn: { 10: 'company', 12: 'entrepreneur' },
  ogrn: { 13: 'company', 15: 'entrepreneur' },
}

/** By its length; `undefined` where no number of this kind is so long. */
export const holderOf = (number: TaxNumber, digits: string): Holder | undefined => LENGTHS[number][digits.length]

const FIRST_DIGITS: Readonly<Record<Holder, readonly number[]>> = { company: [1, 5], entrepreneur: [3] }

/** @param text as tidyNumber gives it. @returns the first thing that is wrong */
export function taxFault(number: TaxNumber, text: string): TaxFault | undefined {
  const foreign = /\D/u.exec(text)?.[0]
  if (foreign !== undefined) return { kind: 'not-digits', number, found: foreign }
  const holder = holderOf(number, text)
  if (holder === undefined) return { kind: 'length', number, length: text.length }
  const digits = [...text].map(Number)
  // no tax office has the number 00; all zeros would even pass the sum
  if (text.startsWith('00') || /^0+$/.test(text)) return { kind: 'zeros', number }
  const [first = 0] = digits
  const wrong = firstWrong(number, digits)
  if (!wrong) {
    if (number === 'ogrn' && !FIRST_DIGITS[holder].includes(first))
      return { kind: 'first-digit', number, holder, found: first }
    return undefined
  }
  const [at, expected] = wrong
  return {
    kind: 'check-digit',
    number,
    position: at + 1,
    found: digits[at] ?? 0,
    expected,
    swapped: swaps(number, digits),
  }
}

/** Where exchanging two neighbours, the commonest slip of typing, makes the number right. */
function swaps(number: TaxNumber, digits: readonly number[]): number[] {
  return digits.flatMap((digit, at) => {
    const next = digits[at + 1]
    if (next === undefined || next === digit) return []
    const exchanged = digits.with(at, next).with(at + 1, digit)
    return firstWrong(number, exchanged) ? [] : [at + 1]
  })
}

/** «ИП Петров»: the legal form is part of the name, and of Appendix 1. */
const ENTREPRENEUR = /^\s*(?:ИП|индивидуальный\s+предприниматель)(?!\p{L})/iu

/** Whether ИНН, ОГРН and the organisation's name speak of the same kind of holder; each number alone is right. */
export function holderFault(form: { inn: string; ogrn: string; organisation: string }): TaxFault | undefined {
  const inn = holderOf('inn', form.inn)
  const ogrn = holderOf('ogrn', form.ogrn)
  if (inn === undefined || ogrn === undefined) return undefined
  if (inn !== ogrn) return { kind: 'other-holder', inn, against: 'ogrn' }
  if (inn === 'company' && ENTREPRENEUR.test(form.organisation)) return { kind: 'other-holder', inn, against: 'name' }
  return undefined
}
