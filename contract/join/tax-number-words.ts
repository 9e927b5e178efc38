import { assertNever } from '../assert-never.ts'
import type { TaxFault, TaxNumber } from './tax-number.ts'

type Locale = 'ru' | 'en'

const NAMES: Readonly<Record<TaxNumber, string>> = { inn: 'ИНН', ogrn: 'ОГРН' }

/** What is wrong with a number and what to do about it, in one or two sentences for whoever typed it. */
export const taxFaultWords = (fault: TaxFault, locale: Locale): string =>
  locale === 'ru' ? inRussian(fault) : inEnglish(fault)

/** 2 → «2-ю и 3-ю», in the accusative */
const pairRu = (at: number): string => `${at}-ю и ${at + 1}-ю`

function inRussian(fault: TaxFault): string {
  switch (fault.kind) {
    case 'not-digits':
      return `${NAMES[fault.number]} состоит из одних цифр, а здесь есть «${fault.found}».`
    case 'length':
      return fault.number === 'inn' ? innLengthRu(fault.length) : ogrnLengthRu(fault.length)
    case 'zeros':
      return `${NAMES[fault.number]} не может начинаться с двух нулей. Сверьте его со свидетельством.`
    case 'first-digit':
      return fault.holder === 'company'
        ? `ОГРН начинается с 1 или 5, а здесь ${fault.found}. Возможно, это ГРН другой записи реестра.`
        : `ОГРНИП начинается с 3, а здесь ${fault.found}. Возможно, это ГРН другой записи реестра.`
    case 'check-digit': {
      const said = `Опечатка: при остальных цифрах ${fault.position}-я должна быть ${fault.expected}, а здесь ${fault.found}.`
      const [first] = fault.swapped
      return first === undefined
        ? `${said} Сверьте номер по одной цифре.`
        : `${said} Похоже, местами поменялись соседние цифры: проверьте ${fault.swapped.slice(0, 2).map(pairRu).join(' или ')}.`
    }
    case 'other-holder':
      if (fault.against === 'name')
        return 'Это ИНН организации (10 цифр), а у индивидуального предпринимателя ИНН из 12 цифр.'
      return fault.inn === 'company'
        ? 'Это ИНН организации (10 цифр), а ОГРНИП из 15 цифр бывает у предпринимателя, у которого в ИНН 12 цифр.'
        : 'Это ИНН предпринимателя (12 цифр), а ОГРН из 13 цифр бывает у организации, у которой в ИНН 10 цифр.'
    default:
      return assertNever(fault)
  }
}

function innLengthRu(length: number): string {
  if (length === 13 || length === 15)
    return `Здесь ${length} цифр: это похоже на ОГРН. В ИНН организации 10 цифр, предпринимателя — 12.`
  if (length === 9)
    return 'Здесь 9 цифр. Если это КПП, нужен ИНН; если таблица отбросила ноль в начале, допишите его. В ИНН организации 10 цифр, предпринимателя — 12.'
  return `В ИНН организации 10 цифр, предпринимателя — 12, а здесь ${length}.`
}
function ogrnLengthRu(length: number): string {
  if (length === 10 || length === 12)
    return `Здесь ${length} цифр: это похоже на ИНН. В ОГРН 13 цифр, в ОГРНИП предпринимателя — 15.`
  return `В ОГРН организации 13 цифр, в ОГРНИП предпринимателя — 15, а здесь ${length}.`
}

const pairEn = (at: number): string => `${at} and ${at + 1}`

function inEnglish(fault: TaxFault): string {
  switch (fault.kind) {
    case 'not-digits':
      return `${NAMES[fault.number]} has digits only, and here is “${fault.found}”.`
    case 'length': {
      const [company, entrepreneur] = fault.number === 'inn' ? [10, 12] : [13, 15]
      const other = fault.number === 'inn' ? 'ogrn' : 'inn'
      const looks = (fault.number === 'inn' ? [13, 15] : [10, 12]).includes(fault.length)
      const seems = looks ? ` It looks like the ${NAMES[other]}.` : ''
      return `${NAMES[fault.number]} has ${company} digits for a company and ${entrepreneur} for an entrepreneur; here are ${fault.length}.${seems}`
    }
    case 'zeros':
      return `${NAMES[fault.number]} cannot begin with two zeros. Compare it with the certificate.`
    case 'first-digit':
      return fault.holder === 'company'
        ? `ОГРН begins with 1 or 5, here with ${fault.found}: perhaps it is the number of another record.`
        : `ОГРНИП begins with 3, here with ${fault.found}: perhaps it is the number of another record.`
    case 'check-digit': {
      const said = `A slip: with the other digits as they are, digit ${fault.position} should be ${fault.expected}, and it is ${fault.found}.`
      return fault.swapped.length === 0
        ? `${said} Compare the number digit by digit.`
        : `${said} Two neighbours seem to have changed places: look at digits ${fault.swapped.slice(0, 2).map(pairEn).join(', or ')}.`
    }
    case 'other-holder':
      if (fault.against === 'name') return 'This is the ИНН of a company (10 digits); an entrepreneur’s has 12.'
      return fault.inn === 'company'
        ? 'This is the ИНН of a company (10 digits), but a 15-digit ОГРНИП belongs to an entrepreneur, whose ИНН has 12.'
        : 'This is the ИНН of an entrepreneur (12 digits), but a 13-digit ОГРН belongs to a company, whose ИНН has 10.'
    default:
      return assertNever(fault)
  }
}
