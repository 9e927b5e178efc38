import { sql as raw } from 'kysely'
import { z } from 'zod'
import type { AuditEntry, auditApi } from '../../contract/office/audit.ts'
import type { Sql } from '../db/pool.ts'
import { contains } from '../db/search.ts'

type Query = z.output<typeof auditApi.audit.query>
const Detail = z.record(z.string(), z.unknown())

const DAY_MS = 24 * 3600 * 1000

/** Newest first, or oldest. */
export async function listAudit(
  db: Sql,
  { page, size, sort = '-seq', search, action, objectKind, objectId, accountId, role, from, until }: Query,
): Promise<{ readonly rows: readonly AuditEntry[]; readonly total: number }> {
  let log = db.selectFrom('audit_log')
  if (search !== undefined && search !== '') {
    log = log.where(({ ref }) => contains(ref('action'), search))
  }
  if (action !== undefined && action !== '') log = log.where('action', '=', action)
  if (objectKind !== undefined && objectKind !== '') log = log.where('object_kind', '=', objectKind)
  if (objectId !== undefined && objectId !== '') log = log.where('object_id', '=', objectId)
  if (role !== undefined && role !== '') log = log.where('audit_log.role', '=', role)
  if (accountId !== undefined) log = log.where('account_id', '=', accountId)
  if (from !== undefined) log = log.where('at', '>=', new Date(from))
  if (until !== undefined) log = log.where('at', '<', new Date(Date.parse(until) + DAY_MS))
  // rows are numbered without gaps: of the whole log the newest number is how many there are
  const isWhole = [search, action, objectKind, objectId, role, accountId, from, until].every(
    (one) => (one ?? '') === '',
  )
  const { total } = isWhole
    ? await db.selectFrom('audit_head').select('seq as total').executeTakeFirstOrThrow()
    : await log.select((e) => e.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const rows = await log
    .leftJoin('accounts', 'accounts.id', 'audit_log.account_id')
    .select([
      'seq',
      'at',
      'account_id',
      'accounts.name',
      'role',
      'action',
      'object_kind',
      'object_id',
      'purpose',
      'detail',
    ])
    .orderBy('seq', sort.startsWith('-') ? 'desc' : 'asc')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return {
    total: Number(total),
    rows: rows.map((row) => ({
      seq: Number(row.seq),
      at: row.at.toISOString(),
      account: row.account_id === null ? null : { id: row.account_id, name: row.name },
      role: row.role,
      action: row.action,
      object: { kind: row.object_kind, id: row.object_id },
      purpose: row.purpose,
      detail: row.detail === null ? null : detailOf(row.detail),
    })),
  }
}

/** Stored text is outside too: one that was meddled with must not hide the row. */
function detailOf(text: string): Record<string, unknown> {
  try {
    return Detail.parse(JSON.parse(text))
  } catch {
    return { unreadable: true }
  }
}

export async function auditActions(
  db: Sql,
): Promise<{ readonly actions: readonly string[]; readonly objectKinds: readonly string[] }> {
  // each step of the recursion jumps over an index to the next value: a large log is not read
  const distinct = async (column: 'action' | 'object_kind'): Promise<string[]> => {
    const name = raw.ref(column)
    const { rows } = await raw<{ value: string }>`
      with recursive steps as (
        select min(${name}) as value from audit_log
        union all
        select (select min(${name}) from audit_log where ${name} > steps.value) from steps where steps.value is not null
      )
      select value from steps where value is not null`.execute(db)
    return rows.map(({ value }) => value)
  }
  return { actions: await distinct('action'), objectKinds: await distinct('object_kind') }
}
