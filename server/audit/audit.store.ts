import { sql } from 'kysely'
import type { Role } from '../../contract/office/role.ts'
import type { Tx } from '../db/pool.ts'
import { chainHash, type AuditRow } from './chain.ts'

export type Actor =
  { readonly kind: 'person'; readonly accountId: number; readonly role: Role | 'self' } | { readonly kind: 'system' }

/** What a detail may hold: codes, numbers, names of fields. Never a name, address, phone, token or pass. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>

export interface AuditEntry {
  readonly actor: Actor
  /** `noun.verb`, such as `application.approve` */
  readonly action: string
  readonly object: { readonly kind: string; readonly id: string | number }
  /** why, where the asking person must say so */
  readonly purpose?: string
  readonly detail?: AuditDetail
}

/**
 * Adds to the log in the transaction of the fact itself: both are there or neither.
 *
 * The end of the chain stays locked until that transaction ends, so call this last in it: then nobody waits long, and
 * two transactions cannot wait for each other.
 */
export async function recordAudit(tx: Tx, { actor, action, object, purpose, detail }: AuditEntry): Promise<void> {
  // by themselves the statements below could be left half done, and the log would take nothing any more
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the type is the promise that this looks at
  if (!tx.isTransaction) throw new Error('the audit log is written to in a transaction only')
  const head = await tx
    .selectFrom('audit_head')
    .select(['seq', 'hash', sql<Date>`date_trunc('milliseconds', clock_timestamp())`.as('at')])
    .forUpdate()
    .executeTakeFirstOrThrow()
  const row: AuditRow = {
    seq: Number(head.seq) + 1,
    at: head.at,
    accountId: actor.kind === 'person' ? actor.accountId : null,
    role: actor.kind === 'person' ? actor.role : 'system',
    action,
    objectKind: object.kind,
    objectId: String(object.id),
    purpose: purpose ?? null,
    detail: detail === undefined ? null : JSON.stringify(detail),
  }
  const hash = chainHash(head.hash, row)
  await tx
    .insertInto('audit_log')
    .values({
      seq: String(row.seq),
      at: row.at,
      account_id: row.accountId,
      role: row.role,
      action,
      object_kind: row.objectKind,
      object_id: row.objectId,
      purpose: row.purpose,
      detail: row.detail,
      hash,
    })
    .execute()
  await tx
    .updateTable('audit_head')
    .set({ seq: String(row.seq), hash })
    .execute()
}
