import { actorOf, type OfficeHandlers } from '../accounts/person.ts'
import { recordAudit } from '../audit/audit.store.ts'
import type { ListImport } from '../../contract/office/venue-lists.ts'
import { inSlices } from '../sheets/in-slices.ts'
import { csvFile, readTable, xlsxFile } from '../sheets/table.ts'
import { RequestProblem } from '../http/problem.ts'
import { startImport, type ImportParts } from './lists.jobs.ts'
import { columnsOf, headerRow, missingOf, readRow } from './list.ts'
import { importReport } from './report.ts'
import { allRows, beginRun, importRows, keepImport, newestImports, readImport, type NewRow } from './lists.store.ts'

type Names = 'uploadList' | 'listImports' | 'listImport' | 'listRows' | 'confirmList' | 'listReport'

/** @throws {RequestProblem} invalid-request, with what is wrong with the file */
const refusedFile = (...messages: readonly string[]): RequestProblem =>
  new RequestProblem(
    'invalid-request',
    messages.map((message) => ({ field: 'file', message })),
  )

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function importHandlers(parts: ImportParts): Pick<OfficeHandlers, Names> {
  const { sql, clock } = parts
  const known = async (id: number): Promise<ListImport> => {
    const found = await readImport(sql, id)
    if (!found) throw new RequestProblem('not-found')
    return found
  }
  return {
    uploadList: async ({ person, body: { name, bytes } }) => {
      const table = await readTable(bytes)
      if (table.kind === 'refused') throw refusedFile(table.why)
      const at = headerRow(table.rows)
      const headers = table.rows[at ?? 0]?.cells ?? []
      const columns = columnsOf(headers)
      if (at === undefined) throw refusedFile(...missingOf(columns).map((field) => `no-column-${field}`))
      const rows = await inSlices(table.rows.slice(at + 1), ({ row, cells }): NewRow => {
        const read = readRow(cells, columns)
        return read.kind === 'entry'
          ? { line: row, cells, entry: read.entry, faults: [] }
          : { line: row, cells, entry: null, faults: read.faults }
      })
      if (rows.length === 0) throw refusedFile('empty')
      const list = { file: name === '' ? '—' : name, accountId: person.accountId, headers, columns, rows }
      return known(await sql.transaction().execute((tx) => keepImport(tx, list)))
    },
    listImports: async () => ({ imports: await newestImports(sql) }),
    listImport: ({ params }) => known(params.id),
    listRows: async ({ params: { id }, query }) => {
      await known(id)
      return importRows(sql, id, query)
    },
    confirmList: async ({ person, params: { id }, body: { mail } }) => {
      await sql.transaction().execute(async (tx) => {
        const begun = await beginRun(tx, id, { mail, accountId: person.accountId, at: clock() })
        if (begun === 'unknown') throw new RequestProblem('not-found')
        if (begun === 'done') throw new RequestProblem('conflict', [{ field: 'state', message: 'is-done' }])
        await recordAudit(tx, {
          actor: actorOf(person, 'operator'),
          action: 'register.import',
          object: { kind: 'import', id },
          detail: { mail },
        })
      })
      startImport(parts, id)
      return known(id)
    },
    listReport: async ({ params: { id }, query: { format, locale } }) => {
      const { file } = await known(id)
      const sheet = importReport(await allRows(sql, id), locale)
      const name = `${file.replace(/\.\w+$/, '')} — ${locale === 'ru' ? 'отчёт' : 'report'}.${format}`
      return format === 'csv'
        ? { type: 'text/csv; charset=utf-8', name, bytes: await csvFile(sheet) }
        : { type: XLSX, name, bytes: await xlsxFile({ title: 'Отчёт', ...sheet }) }
    },
  }
}
