import { sql } from 'kysely'
import {
  LIST_FIELDS,
  ListEntry,
  RowOutcome,
  type ListFault,
  type ListField,
  type ListImport,
  type ListRow,
} from '../../contract/office/venue-lists.ts'
import { z } from 'zod'
import type { Sql } from '../db/pool.ts'
import { inSlices } from '../sheets/in-slices.ts'
import { plain } from '../register/register.store.ts'
import type { Columns } from './list.ts'

export interface NewRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly entry: ListEntry | null
  readonly faults: readonly ListFault[]
}

/** Rows in one statement. */
const CHUNK = 2000

/** With all its rows; those whose ИНН has a venue at that address already are known as such. */
export async function keepImport(
  tx: Sql,
  {
    file,
    accountId,
    headers,
    columns,
    rows,
  }: {
    readonly file: string
    readonly accountId: number
    readonly headers: readonly string[]
    readonly columns: Columns
    readonly rows: readonly NewRow[]
  },
): Promise<number> {
  const named = LIST_FIELDS.map((field) => {
    const at = columns[field]
    return { field, header: at === undefined ? null : (headers[at] ?? ''), at: at ?? null }
  })
  const { id } = await tx
    .insertInto('venue_imports')
    .values({ file_name: file, account_id: accountId, columns: JSON.stringify(named) })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (let at = 0; at < rows.length; at += CHUNK) {
    await tx
      .insertInto('venue_import_rows')
      .values(
        rows.slice(at, at + CHUNK).map(({ line, cells, entry, faults }) => ({
          import_id: id,
          line,
          cells: JSON.stringify(cells),
          entry: entry && JSON.stringify(entry),
          faults: JSON.stringify(faults),
          outcome: entry ? ('waiting' as const) : ('wrong' as const),
          venue_id: null,
        })),
      )
      .execute()
  }
  await sql`
    update venue_import_rows r set outcome = 'there-before', venue_id = v.id
    from participants p join venues v on v.participant_id = p.id and v.state <> 'closed'
    where r.import_id = ${id} and r.outcome = 'waiting' and p.inn = r.entry #>> '{organisation,inn}'
      and ${plain(sql.ref('v.address'))} = ${plain(sql`r.entry #>> '{venue,address}'`)}`.execute(tx)
  return id
}

const Columns = z.array(z.object({ field: z.enum(LIST_FIELDS), header: z.string().nullable(), at: z.int().nullable() }))

const imports = (db: Sql) =>
  db
    .selectFrom('venue_imports')
    .select(['id', 'file_name', 'state', 'columns', 'created_at', 'finished_at'])
    .select(
      sql<Partial<Record<RowOutcome, number>> | null>`(select jsonb_object_agg(outcome, many) from
        (select outcome, count(*) as many from venue_import_rows where import_id = venue_imports.id group by outcome) so)`.as(
        'counts',
      ),
    )

type Found = Awaited<ReturnType<ReturnType<typeof imports>['execute']>>[number]

const viewOf = (row: Found): ListImport => ({
  id: row.id,
  file: row.file_name,
  state: row.state,
  columns: Columns.parse(row.columns).map(({ field, header }) => ({ field, header })),
  counts: z
    .record(RowOutcome, z.number())
    .parse({ ...Object.fromEntries(RowOutcome.options.map((outcome) => [outcome, 0])), ...row.counts }),
  createdAt: row.created_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
})

export async function readImport(db: Sql, id: number): Promise<ListImport | undefined> {
  const row = await imports(db).where('id', '=', id).executeTakeFirst()
  return row && viewOf(row)
}

export async function newestImports(db: Sql): Promise<ListImport[]> {
  return (await imports(db).orderBy('id', 'desc').limit(20).execute()).map(viewOf)
}

/** @param field of the row's own columns */
const cellOf = (field: ListField) =>
  sql<string>`coalesce(r.cells ->> (
    select (one ->> 'at')::int from jsonb_array_elements(i.columns) one where one ->> 'field' = ${field}), '')`.as(
    field,
  )

const Faults = z.array(z.object({ field: z.enum(LIST_FIELDS), message: z.string(), value: z.string() }))

const rowsOf = (db: Sql, id: number) =>
  db
    .selectFrom('venue_import_rows as r')
    .innerJoin('venue_imports as i', 'i.id', 'r.import_id')
    .where('r.import_id', '=', id)
    .select(['r.line', 'r.outcome', 'r.faults', 'r.venue_id as venue'])
    .select([cellOf('inn'), cellOf('organisation'), cellOf('name'), cellOf('address')])

type FoundRow = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number]
const rowView = ({ faults, ...row }: FoundRow): ListRow => ({ ...row, faults: Faults.parse(faults) })

export async function importRows(
  db: Sql,
  id: number,
  query: { readonly page: number; readonly size: number; readonly outcome?: RowOutcome | undefined },
): Promise<{ rows: ListRow[]; total: number }> {
  const { outcome, page, size } = query
  const rows = await rowsOf(db, id)
    .$if(outcome !== undefined, (some) => some.where('r.outcome', '=', outcome ?? 'wrong'))
    .orderBy('r.line')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  const { total } = await db
    .selectFrom('venue_import_rows')
    .select(({ fn }) => fn.countAll<string>().as('total'))
    .where('import_id', '=', id)
    .$if(outcome !== undefined, (some) => some.where('outcome', '=', outcome ?? 'wrong'))
    .executeTakeFirstOrThrow()
  return { rows: rows.map(rowView), total: Number(total) }
}

export async function allRows(db: Sql, id: number): Promise<ListRow[]> {
  return inSlices(await rowsOf(db, id).orderBy('r.line').execute(), rowView)
}

/** @returns whether there is something to run; a run that stopped half-way is taken up again */
export async function beginRun(
  tx: Sql,
  id: number,
  { mail, accountId, at }: { readonly mail: boolean; readonly accountId: number; readonly at: Date },
): Promise<'begun' | 'done' | 'unknown'> {
  const row = await tx.selectFrom('venue_imports').select('state').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) return 'unknown'
  if (row.state === 'done') return 'done'
  if (row.state === 'preview')
    await tx
      .updateTable('venue_imports')
      .set({ state: 'running', confirmed_at: at, confirmed_by: accountId, mail })
      .where('id', '=', id)
      .execute()
  return 'begun'
}

/** One row takes a second, or some where the thread of documents is busy. */
const LEASE = sql<Date>`clock_timestamp() + interval '2 minutes'`
const isFree = sql<boolean>`state = 'running' and coalesce(leased_until < clock_timestamp(), true)`

/** Nobody else's run from now on. `undefined`: somebody has it, or it is done. */
export async function leaseRun(
  db: Sql,
  id: number,
): Promise<{ readonly mail: boolean; readonly accountId: number } | undefined> {
  return db
    .updateTable('venue_imports')
    .set({ leased_until: LEASE })
    .where('id', '=', id)
    .where(isFree)
    .returning(['mail', sql<number>`coalesce(confirmed_by, account_id)`.as('accountId')])
    .executeTakeFirst()
}

export async function keepRun(db: Sql, id: number): Promise<void> {
  await db.updateTable('venue_imports').set({ leased_until: LEASE }).where('id', '=', id).execute()
}

export async function freeRun(db: Sql, id: number): Promise<void> {
  await db.updateTable('venue_imports').set({ leased_until: null }).where('id', '=', id).execute()
}

/** Lists that were confirmed and that nobody takes in just now. */
export async function runsLeft(db: Sql): Promise<number[]> {
  const rows = await db.selectFrom('venue_imports').select('id').where(isFree).orderBy('id').execute()
  return rows.map(({ id }) => id)
}

export async function waitingLines(db: Sql, id: number): Promise<number[]> {
  const rows = await db
    .selectFrom('venue_import_rows')
    .select('line')
    .where('import_id', '=', id)
    .where('outcome', '=', 'waiting')
    .orderBy('line')
    .execute()
  return rows.map(({ line }) => line)
}

export async function waitingRow(db: Sql, id: number, line: number): Promise<ListEntry | undefined> {
  const row = await db
    .selectFrom('venue_import_rows')
    .select('entry')
    .where('import_id', '=', id)
    .where('line', '=', line)
    .where('outcome', '=', 'waiting')
    .executeTakeFirst()
  return row && ListEntry.parse(row.entry)
}

/** Kept from a run that was taken for dead and is not. @returns whether it is still to be registered */
export async function takeRow(tx: Sql, id: number, line: number): Promise<boolean> {
  const row = await tx
    .selectFrom('venue_import_rows')
    .select('line')
    .where('import_id', '=', id)
    .where('line', '=', line)
    .where('outcome', '=', 'waiting')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row !== undefined
}

export async function settleRow(
  tx: Sql,
  id: number,
  line: number,
  outcome: RowOutcome,
  venueId: number | null,
): Promise<void> {
  await tx
    .updateTable('venue_import_rows')
    .set({ outcome, venue_id: venueId })
    .where('import_id', '=', id)
    .where('line', '=', line)
    .execute()
}

/** With the reason, as a fault of the venue's. What was registered all the same, its answer lost, stays so. */
export async function failRow(db: Sql, id: number, line: number, message: 'not-written' | 'no-poster'): Promise<void> {
  const faults: readonly ListFault[] = [{ field: 'name', message, value: '' }]
  await db
    .updateTable('venue_import_rows')
    .set({ outcome: 'failed', faults: JSON.stringify(faults) })
    .where('import_id', '=', id)
    .where('line', '=', line)
    .where('outcome', '=', 'waiting')
    .execute()
}

export async function endRun(db: Sql, id: number, at: Date): Promise<void> {
  await db
    .updateTable('venue_imports')
    .set({ state: 'done', finished_at: at })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('venue_import_rows').select('line').where('import_id', '=', id).where('outcome', '=', 'waiting'),
        ),
      ),
    )
    .execute()
}
