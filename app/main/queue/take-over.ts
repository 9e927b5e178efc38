import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { AdmissionEvent } from '../../../contract/kiosk/admission.ts'
import { together } from './queue-schema.ts'
import { NoSealKey, type Seal } from './seal.ts'

const PlainRow = z.object({ seq: z.number(), body: z.string(), created: z.number() })

/**
 * The first version kept events in the open, in tables `events` and `dead`. Seals each row, then removes its text from
 * every page of the file. Without a key to seal for, the rows stay for the next call.
 */
export async function takeOverPlainRows(
  database: DatabaseSyncInstance,
  seal: Seal,
  put: (id: string, jwe: string, created: number) => void,
): Promise<void> {
  const tables = ['events', 'dead'].filter((table) => exists(database, table))
  if (tables.length === 0) return
  for (const table of tables) {
    const first = database.prepare(`select seq, body, created from ${table} order by seq limit 1`)
    const remove = database.prepare(`delete from ${table} where seq = ?`)
    for (let row: unknown = first.get(); row !== undefined; row = first.get()) {
      const { seq, body, created } = PlainRow.parse(row)
      const event = AdmissionEvent.safeParse(asJson(body))
      try {
        // What is no event of ours could not be told to anybody; its text must not stay either.
        const sealed = event.success ? await seal(event.data, { wall: created }) : undefined
        together(database, () => {
          if (sealed) put(sealed.id, sealed.jwe, created)
          else buryUnreadable(database, created)
          remove.run(seq)
        })
      } catch (error) {
        if (error instanceof NoSealKey) return
        throw error
      }
    }
  }
  database.exec(tables.map((table) => `drop table ${table};`).join(' '))
  database.exec('vacuum; pragma wal_checkpoint(truncate);')
}

/** Counted among the dead letters, below the numbers of real ones. */
function buryUnreadable(database: DatabaseSyncInstance, created: number): void {
  database
    .prepare(
      `insert into buried (seq, id, jwe, chain, created, why)
       select coalesce(min(min(seq), 0), 0) - 1, ?, '', '', ?, 'no event: not taken over' from buried`,
    )
    .run(uuidv7(), created)
}

const exists = (database: DatabaseSyncInstance, table: string): boolean =>
  database.prepare(`select 1 from sqlite_master where type = 'table' and name = ?`).get(table) !== undefined

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
