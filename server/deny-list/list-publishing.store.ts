/** Published versions: each the step from the one before, the newest also whole. */
import { hash } from 'node:crypto'
import type pg from 'pg'
import { ENTRY_BYTES, type DenyListDelta } from '../../contract/kiosk/deny-list.ts'
import { transaction } from '../db/transaction.ts'
import type { ListBuilder } from './list-building.io.ts'
import { composed, deltaBetween, reversed, withDelta } from './delta.ts'

/** A published list, whole. */
export interface DenyList {
  readonly epoch: number
  readonly version: number
  readonly count: number
  /** hex */
  readonly sha256: string
  readonly entries: Buffer
  /** the oldest version that deltas start from */
  readonly deltasFrom: number
}

type Queryable = Pick<pg.Pool, 'query'>

/** Versions a kiosk may be behind and still fetch only what changed. */
const KEPT_DELTAS = 288
const LOCK = 7_270_015
const NOTHING = Buffer.alloc(0)

interface Row {
  readonly version: number
  readonly count: number
  readonly sha256: string
  readonly added: Buffer
  readonly removed: Buffer
}

const withRows = (list: Omit<DenyList, 'deltasFrom'>): DenyList => ({
  ...list,
  deltasFrom: Math.max(1, list.version - KEPT_DELTAS),
})

/** The newest of an epoch; of what is held already only the steps are fetched. */
export async function newestList(
  db: Queryable,
  epoch: number,
  held: DenyList | undefined,
): Promise<DenyList | undefined> {
  if (held?.epoch === epoch) {
    const { rows } = await db.query<Row>(
      'select version, count, sha256, added, removed from deny_lists where epoch = $1 and version > $2 order by version',
      [epoch, held.version],
    )
    const last = rows.at(-1)
    if (!last) return held
    const entries = rows.reduce<Uint8Array | undefined>((list, step) => list && withDelta(list, step), held.entries)
    if (entries && hash('sha256', entries) === last.sha256) {
      const { version, count, sha256 } = last
      return withRows({ epoch, version, count, sha256, entries: Buffer.from(entries.buffer) })
    }
  }
  const { rows } = await db.query<Omit<DenyList, 'deltasFrom'>>(
    `select epoch, version, count, sha256, entries from deny_lists
     where epoch = $1 and entries is not null order by version desc limit 1`,
    [epoch],
  )
  return rows[0] && withRows(rows[0])
}

/**
 * Publishes the handles that are listed now as the next version, unless the newest list says just that. Processes take
 * turns. `listedAt` reads what is in force at a moment of the database's clock, and reads it after the lock: no process
 * publishes by its own time or an older memory.
 */
export async function publishDenyList(
  pool: pg.Pool,
  builder: ListBuilder,
  held: DenyList | undefined,
  listedAt: (now: number) => Promise<Iterable<string>>,
): Promise<DenyList> {
  return transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now')
    const now = rows[0]?.now ?? new Date()
    const entries = await builder.build(await listedAt(now.getTime()))
    const sha256 = hash('sha256', entries)
    const { epoch } = builder
    const newest = await newestList(client, epoch, held)
    if (newest?.sha256 === sha256) return newest
    const version = (newest?.version ?? 0) + 1
    const count = entries.length / ENTRY_BYTES
    const { added, removed } = newest ? deltaBetween(newest.entries, entries) : { added: NOTHING, removed: NOTHING }
    await client.query('update deny_lists set entries = null where epoch = $1 and entries is not null', [epoch])
    await client.query(
      `insert into deny_lists (epoch, version, issued_at, count, sha256, added, removed, entries)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [epoch, version, now, count, sha256, bufferOf(added), bufferOf(removed), entries],
    )
    await client.query('delete from deny_lists where epoch < $1 or version <= $2', [epoch, version - KEPT_DELTAS])
    return withRows({ epoch, version, count, sha256, entries })
  })
}

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength)

/** What leads from one version to a later one. `undefined`: a step of it is not kept, or never was. */
export async function deltaOf(
  db: Queryable,
  epoch: number,
  from: number,
  to: number,
): Promise<DenyListDelta | undefined> {
  if (from < 1 || from >= to || to - from > KEPT_DELTAS) return undefined
  const { rows } = await db.query<Pick<Row, 'added' | 'removed'>>(
    'select added, removed from deny_lists where epoch = $1 and version > $2 and version <= $3 order by version',
    [epoch, from, to],
  )
  return rows.length === to - from ? composed(rows) : undefined
}

/** An older version, whole: the newest with what happened since taken back. */
export async function olderList(db: Queryable, newest: DenyList, version: number): Promise<Uint8Array | undefined> {
  const since = await deltaOf(db, newest.epoch, version, newest.version)
  return since && withDelta(newest.entries, reversed(since))
}
