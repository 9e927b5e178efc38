/** What can still be read of a damaged queue file. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { z } from 'zod'

const SealedRow = z.object({ id: z.string(), jwe: z.string(), created: z.number() })
/** Of the file's first version, to be sealed soon: take-over.ts. */
const PlainRow = z.object({ body: z.string(), created: z.number() })
const LastRow = z.object({ last: z.number().nullable() })

/** SQLITE_CORRUPT and SQLITE_NOTADB: https://www.sqlite.org/rescode.html */
const DAMAGE: readonly number[] = [11, 26]
/** The low byte of an extended code is the code itself. */
const PRIMARY = 256

/**
 * Whether SQLite means the file. Any other error says nothing about it: a full disk is SQLITE_FULL, or SQLITE_IOERR where the
 * log’s index cannot grow.
 */
export const saysDamaged = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  DAMAGE.includes(error.errcode % PRIMARY)

/** @throws what is not damage */
export const sealedRows = (damaged: DatabaseSyncInstance): Generator<z.infer<typeof SealedRow>> =>
  readableRows(damaged, 'sealed', 'id, jwe, created', SealedRow)

/** @throws what is not damage */
export const plainRows = (damaged: DatabaseSyncInstance): Generator<z.infer<typeof PlainRow>> =>
  readableRows(damaged, 'events', 'body, created', PlainRow)

/** Row by row by number, so that one torn page does not hide the pages after it. */
function* readableRows<S extends z.ZodType>(
  database: DatabaseSyncInstance,
  table: 'sealed' | 'events',
  columns: string,
  schema: S,
): Generator<z.output<S>> {
  if (!hasTable(database, table)) return
  const last = Math.max(lastOf(database, `select max(seq) as last from ${table}`), lastByHead(database))
  const one = database.prepare(`select ${columns} from ${table} where seq = ?`)
  for (let seq = 1; seq <= last; seq++) {
    const row = schema.safeParse(unlessDamaged(() => one.get(seq)))
    if (row.success) yield row.data
  }
}

/** The page that is torn is often the last, and with it the table cannot say how far it goes. */
const lastByHead = (database: DatabaseSyncInstance): number =>
  hasTable(database, 'head') ? lastOf(database, 'select seq as last from head') : 0

const lastOf = (database: DatabaseSyncInstance, query: string): number =>
  LastRow.safeParse(unlessDamaged(() => database.prepare(query).get())).data?.last ?? 0

const hasTable = (database: DatabaseSyncInstance, table: string): boolean =>
  unlessDamaged(() => database.prepare(`select 1 from sqlite_master where type = 'table' and name = ?`).get(table)) !==
  undefined

function unlessDamaged(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (saysDamaged(error)) return undefined
    throw error
  }
}
