import { createHash, createHmac, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { ENTRY_BYTES, entryMessage } from '../contract/deny-list.ts'
import { bytesOfHex } from '../contract/pass.ts'
import type { Sql } from '../db/pool.ts'
import { transaction } from '../db/transaction.ts'
import { withChanges, type Restriction, type Restrictions } from './restriction.ts'

/** How long ended restrictions still matter: events come up to so many days late and are judged by their own time. */
const REMEMBERED_MS = 31 * 24 * 3600 * 1000

const NONE: Restrictions = { version: '0', byHandle: new Map() }

/** All rows after the last version seen; the first time, all that can still matter. */
export async function loadRestrictions(db: Sql, previous: Restrictions = NONE): Promise<Restrictions> {
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

export interface ListSalt {
  readonly epoch: number
  readonly salt: Buffer
}

/** The newest salt; made when there is none. Another salt is another epoch. */
export async function listSalt(db: Sql): Promise<ListSalt> {
  await db
    .insertInto('deny_list_salts')
    .values({ epoch: 1, salt: randomBytes(32) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return db.selectFrom('deny_list_salts').select(['epoch', 'salt']).orderBy('epoch', 'desc').executeTakeFirstOrThrow()
}

/** A published list. */
export interface DenyList {
  readonly epoch: number
  readonly version: number
  readonly issuedAt: Date
  readonly count: number
  readonly sha256: string
  readonly entries: Buffer
}

/** Sorted, each once. */
export function entriesOf(handles: readonly string[], salt: Buffer): Buffer {
  const entries = handles.map((handle) =>
    createHmac('sha256', salt)
      .update(entryMessage(bytesOfHex(handle)))
      .digest()
      .subarray(0, ENTRY_BYTES),
  )
  entries.sort((one, other) => one.compare(other))
  return Buffer.concat(entries.filter((entry, at) => at === 0 || entries[at - 1]?.equals(entry) === false))
}

/** Kiosks that are fetching an older one may finish. */
const KEPT_LISTS = 20
const LOCK = 7_270_015

const NEWEST = `select epoch, version, issued_at, count, sha256, entries from deny_lists
  where epoch = $1::bigint and version = coalesce($2::bigint, (select max(version) from deny_lists where epoch = $1::bigint))`

export async function denyList(
  db: Pick<pg.Pool, 'query'>,
  epoch: number,
  version: number | null,
): Promise<DenyList | undefined> {
  const { rows } = await db.query<Omit<DenyList, 'issuedAt'> & { issued_at: Date }>(NEWEST, [epoch, version])
  const [row] = rows
  return row && { ...row, issuedAt: row.issued_at }
}

// The clock is the database's, read after the lock: processes must not publish each by its own time or memory.
const IN_FORCE = `select distinct encode(handle, 'hex') as handle, clock_timestamp() as now from restrictions
  where deny_from <= clock_timestamp() and deny_until > clock_timestamp() and lifted_at is null`

/** Publishes what is in force now as the next version, unless the newest list says just that. Processes take turns. */
export async function publishDenyList(pool: pg.Pool, { epoch, salt }: ListSalt): Promise<DenyList> {
  return transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    const { rows } = await client.query<{ handle: string }>(IN_FORCE)
    const entries = entriesOf(
      rows.map(({ handle }) => handle),
      salt,
    )
    const sha256 = createHash('sha256').update(entries).digest('hex')
    const newest = await denyList(client, epoch, null)
    if (newest?.sha256 === sha256) return newest
    const version = (newest?.version ?? 0) + 1
    const inserted = await client.query<{ issued_at: Date }>(
      `insert into deny_lists (epoch, version, issued_at, count, sha256, entries)
       values ($1, $2, clock_timestamp(), $3, $4, $5) returning issued_at`,
      [epoch, version, entries.length / ENTRY_BYTES, sha256, entries],
    )
    await client.query('delete from deny_lists where epoch = $1 and version <= $2', [epoch, version - KEPT_LISTS])
    const issuedAt = inserted.rows[0]?.issued_at ?? new Date()
    return { epoch, version, issuedAt, count: entries.length / ENTRY_BYTES, sha256, entries }
  })
}
