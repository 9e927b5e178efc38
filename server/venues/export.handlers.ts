import { actorOf, type OfficeHandlers } from '../accounts/person.ts'
import { recordAudit } from '../audit/audit.store.ts'
import { inSlices } from '../sheets/in-slices.ts'
import { csvFile, xlsxFile } from '../sheets/table.ts'
import type { Sql } from '../db/pool.ts'
import { venueScope } from './scope.ts'
import { filteredVenues, venueRow, venueRowsOf } from './venue-table.store.ts'
import { venueSheet } from './export-sheet.ts'

/** More than the register of a region holds. */
const MOST = 100_000

export function exportHandlers({
  sql,
  clock,
}: {
  readonly sql: Sql
  readonly clock: () => Date
}): Pick<OfficeHandlers, 'exportVenues'> {
  return {
    exportVenues: async ({ person, query: { format, ...filters } }) => {
      const rows = await venueRowsOf(filteredVenues(sql, venueScope(person.grants), filters), MOST)
      const sheet = venueSheet(await inSlices(rows, venueRow))
      // who took the whole list away, and how much of it
      await sql.transaction().execute((tx) =>
        recordAudit(tx, {
          actor: actorOf(person, 'operator', 'auditor', 'coordinator'),
          action: 'register.export',
          object: { kind: 'register', id: 'venues' },
          detail: { format, rows: rows.length },
        }),
      )
      const name = `Реестр мест ${clock().toISOString().slice(0, 10)}.${format}`
      return format === 'csv'
        ? { type: 'text/csv; charset=utf-8', name, bytes: await csvFile(sheet) }
        : {
            type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
            name,
            bytes: await xlsxFile({ title: 'Реестр мест', ...sheet }),
          }
    },
  }
}
