import type { Column } from '../sheets/cells.ts'
import type { ListRow, RowOutcome } from '../../contract/office/venue-lists.ts'

type Cell = string | number

const WORDS: Readonly<
  Record<'ru' | 'en', { readonly headers: readonly string[]; readonly outcomes: Readonly<Record<RowOutcome, string>> }>
> = {
  ru: {
    headers: ['Строка', 'Итог', 'Что не так', 'ИНН', 'Организация', 'Место', 'Адрес', 'Номер в реестре'],
    outcomes: {
      wrong: 'ошибка в строке',
      waiting: 'ждёт',
      registered: 'зарегистрировано',
      'there-before': 'уже было',
      failed: 'не записалось',
    },
  },
  en: {
    headers: ['Row', 'Outcome', 'What is wrong', 'ИНН', 'Organisation', 'Venue', 'Address', 'Number in the register'],
    outcomes: {
      wrong: 'the row is wrong',
      waiting: 'waiting',
      registered: 'registered',
      'there-before': 'was there before',
      failed: 'could not be written',
    },
  },
}

const WIDTHS = [8, 20, 50, 14, 40, 32, 48, 14]

/** Every row of a list, with what became of it. */
export function importReport(
  rows: readonly ListRow[],
  locale: 'ru' | 'en',
): { readonly columns: readonly Column[]; readonly rows: readonly (readonly (Cell | null)[])[] } {
  const { headers, outcomes } = WORDS[locale]
  return {
    columns: headers.map((header, at) => ({ header, width: WIDTHS[at] ?? 18 })),
    rows: rows.map(({ line, outcome, faults, inn, organisation, name, address, venue }) => [
      line,
      outcomes[outcome],
      faults
        .map(({ field, message, value }) => `${field}: ${message}${value === '' ? '' : ` («${value}»)`}`)
        .join('; '),
      inn,
      organisation,
      name,
      address,
      venue,
    ]),
  }
}
