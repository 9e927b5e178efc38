import { createHash } from 'node:crypto'

/** A row of the log, as it is hashed. */
export interface AuditRow {
  readonly seq: number
  readonly at: Date
  readonly accountId: number | null
  readonly role: string
  readonly action: string
  readonly objectKind: string
  readonly objectId: string
  readonly purpose: string | null
  /** JSON text */
  readonly detail: string | null
}

export const CHAIN_BEGIN: Buffer = Buffer.alloc(32)

/** SHA-256 over the hash of the row before and every column, as one JSON array: nothing can move between columns. */
export function chainHash(before: Buffer, row: AuditRow): Buffer {
  const { seq, at, accountId, role, action, objectKind, objectId, purpose, detail } = row
  const told = [seq, at.toISOString(), accountId, role, action, objectKind, objectId, purpose, detail]
  return createHash('sha256').update(before).update(JSON.stringify(told)).digest()
}
