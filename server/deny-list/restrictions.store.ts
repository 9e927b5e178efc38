import type { Sql } from '../db/pool.ts'
import { NO_RESTRICTIONS, withChanges, type Restriction, type Restrictions } from './restriction.ts'

/** How long ended restrictions still matter: events come up to so many days late and are judged by their own time. */
const REMEMBERED_MS = 31 * 24 * 3600 * 1000

/** All rows after the last version seen; the first time, all that can still matter. */
export async function loadRestrictions(db: Sql, previous: Restrictions = NO_RESTRICTIONS): Promise<Restrictions> {
  const rows = await db
    .selectFrom('restrictions')
    .selectAll()
    .where('version', '>', previous.version)
    .where('deny_until', '>', new Date(Date.now() - REMEMBERED_MS))
    .orderBy('version')
    .execute()
  const changed = rows.map((row): Restriction => ({
    id: row.id,
    handle: row.handle.toString('hex'),
    kind: row.kind,
    from: Math.max(row.deny_from.getTime(), row.created_at.getTime()),
    until: row.deny_until.getTime(),
    lifted: row.lifted_at?.getTime() ?? null,
  }))
  return withChanges(previous, changed, rows.at(-1)?.version ?? previous.version)
}

export interface NewRestriction {
  /** 20 hex digits */
  readonly handle: string
  readonly kind: Restriction['kind']
  readonly from: Date
  readonly until: Date
  /** for the operator's eyes only */
  readonly reason: string
}

export async function addRestriction(db: Sql, { handle, kind, from, until, reason }: NewRestriction): Promise<string> {
  const row = { handle: Buffer.from(handle, 'hex'), kind, deny_from: from, deny_until: until, reason }
  const { id } = await db.insertInto('restrictions').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

/** @returns how many restrictions ended by it */
export async function liftRestrictions(db: Sql, handle: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('restrictions')
    .set({ lifted_at: new Date() })
    .where('handle', '=', Buffer.from(handle, 'hex'))
    .where('lifted_at', 'is', null)
    .where('deny_until', '>', new Date())
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
