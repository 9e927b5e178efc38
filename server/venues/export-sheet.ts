import type { VenueRow } from '../../contract/office/venue.ts'
import { spokenCode } from '../../contract/office/venue-code.ts'
import type { Sheet } from '../sheets/cells.ts'

const STATES = { active: 'действует', suspended: 'приостановлено', closed: 'закрыто' } as const

/** The register as a table. Columns are called as the reader of lists understands them: what went out comes in again. */
export function venueSheet(rows: readonly VenueRow[]): Pick<Sheet, 'columns' | 'rows'> {
  return {
    columns: [
      { header: 'Номер', width: 9 },
      { header: 'Место', width: 36 },
      { header: 'Вид', width: 12 },
      { header: 'Состояние', width: 16 },
      { header: 'Адрес', width: 48 },
      { header: 'Муниципалитет', width: 24 },
      { header: 'Код на плакате', width: 14 },
      { header: 'Организация', width: 44 },
      { header: 'ИНН', width: 15 },
      { header: 'Добавлено', width: 18 },
    ],
    rows: rows.map((venue) => [
      venue.id,
      venue.name,
      venue.kind,
      STATES[venue.state],
      venue.address,
      venue.municipality,
      venue.poster === '' ? null : spokenCode(venue.poster),
      venue.participant?.organisation ?? null,
      // a text: a spreadsheet would take twelve digits for a number in powers of ten
      venue.participant?.inn ?? null,
      new Date(venue.createdAt),
    ]),
  }
}
