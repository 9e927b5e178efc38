import type { Selectable } from 'kysely'
import type { Sql } from '../db/pool.ts'
import type { Tables } from '../db/tables.ts'
import { CHAIN_BEGIN, chainHash, type AuditRow } from './chain.ts'

export interface Verified {
  readonly rows: number
  /** sequence number of the first row that is not as it was written or not there; `null`: all is as it was */
  readonly brokenAt: number | null
  /** `<seq>:<hash>` of the end of the chain: noted down elsewhere, it proves later that nothing was cut off or rewritten */
  readonly head: string
}

const STEP = 2000

/**
 * Follows the chain from its first row to its end, over one state of the database.
 * @param noted a head from before: that row must still be there and be the same
 */
export function verifyChain(db: Sql, noted?: string): Promise<Verified> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => followChain(tx, noted))
}

/** The same, in a transaction that is there already. */
export async function followChain(tx: Sql, noted?: string): Promise<Verified> {
  const end = await tx.selectFrom('audit_head').selectAll().executeTakeFirst()
  let before = CHAIN_BEGIN
  let seq = 0
  for (;;) {
    const rows = await tx
      .selectFrom('audit_log')
      .selectAll()
      .where('seq', '>', String(seq))
      .orderBy('seq')
      .limit(STEP)
      .execute()
    for (const row of rows) {
      const expected = chainHash(before, rowOf(row, seq + 1))
      if (Number(row.seq) !== seq + 1 || !row.hash.equals(expected)) return broken(seq, before)
      if (noted?.startsWith(`${seq + 1}:`) && noted !== headOf(seq + 1, expected)) return broken(seq, before)
      before = expected
      seq += 1
    }
    if (rows.length < STEP) break
  }
  const cutOff = noted !== undefined && Number(noted.split(':')[0]) > seq
  if (cutOff || !end || Number(end.seq) !== seq || !end.hash.equals(before)) return broken(seq, before)
  return { rows: seq, brokenAt: null, head: headOf(seq, before) }
}

const rowOf = (row: Selectable<Tables['audit_log']>, seq: number): AuditRow => ({
  seq,
  at: row.at,
  accountId: row.account_id,
  role: row.role,
  action: row.action,
  objectKind: row.object_kind,
  objectId: row.object_id,
  purpose: row.purpose,
  detail: row.detail,
})
const headOf = (seq: number, hash: Buffer): string => `${seq}:${hash.toString('hex')}`
const broken = (good: number, hash: Buffer): Verified => ({ rows: good, brokenAt: good + 1, head: headOf(good, hash) })
