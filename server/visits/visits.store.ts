import type pg from 'pg'
import { AdmissionDecision } from '../../contract/kiosk/admission.ts'
import { binaryArray, bytea, int2, int4, int8, text, timestamptz, uuid, type ColumnType } from '../db/binary-array.ts'
import { groupCommit, type GroupCommit, type GroupCommitOptions } from '../db/group-commit.ts'
import type { Tables } from '../db/tables.ts'
import type { Visit } from './visit.ts'

type Queryable = Pick<pg.Pool, 'query'>

const column = <Value>(
  name: keyof Tables['visits'],
  type: ColumnType<Value>,
  of: (visit: Visit) => Value | null,
): { readonly name: string; readonly type: string; array(visits: readonly Visit[]): Buffer } => ({
  name,
  type: type.name,
  array: (visits) => binaryArray(type, visits.map(of)),
})

const reasonOf = ({ decision }: Visit): string | null => (decision.outcome === 'granted' ? null : decision.reason)
const referenceOf = ({ decision }: Visit): string | null => (decision.outcome === 'granted' ? null : decision.reference)

const columns = [
  column('venue_id', int4, (visit) => visit.venueId),
  column('id', uuid, (visit) => visit.id),
  column('access_point_id', int4, (visit) => visit.accessPointId),
  column('device_id', int4, (visit) => visit.deviceId),
  column('pass_handle', bytea, (visit) => visit.passHandle),
  column('presented_at', timestamptz, (visit) => visit.presentedAt),
  column('entered_at', timestamptz, (visit) => visit.enteredAt),
  column('left_at', timestamptz, (visit) => visit.leftAt),
  column('outcome', text, (visit) => visit.decision.outcome),
  column('reason', text, reasonOf),
  column('reference', text, referenceOf),
  column('decided_by', text, (visit) => visit.decidedBy),
  column('resolved', text, (visit) => visit.resolved?.outcome ?? null),
  column('resolved_by', text, (visit) => visit.resolved?.by ?? null),
  column('resolved_at', timestamptz, (visit) => visit.resolved?.at ?? null),
  column('resolved_reason', text, (visit) => visit.resolved?.reason ?? null),
  column('flags', int2, (visit) => visit.flags),
  column('clock_offset', int8, (visit) => visit.clockOffset),
  column('clock_uncertainty', int8, (visit) => visit.clockUncertainty),
]
const names = columns.map(({ name }) => name).join()
const INSERT = `insert into visits (${names})
  select * from unnest(${columns.map(({ type }, at) => `$${at + 1}::${type}[]`).join()})
  on conflict (venue_id, id) do nothing`

const NEW_KEYS = `${INSERT} returning venue_id, id`

/** In one order everywhere: flushes side by side, also of other processes, can then not wait for each other in a ring. */
const inOrder = (visits: readonly Visit[]): readonly Visit[] =>
  visits.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : one.venueId - other.venueId))

const valuesOf = (visits: readonly Visit[]): Buffer[] => {
  const sorted = inOrder(visits)
  return columns.map((each) => each.array(sorted))
}

/**
 * Writes visits, many in one COMMIT, and answers with what is recorded: the visit itself, or what was there before
 * under its id, which stays as it is.
 */
export function visitRecorder(db: Queryable, options: GroupCommitOptions): GroupCommit<Visit, Visit> {
  return groupCommit<Visit, Visit>(async (visits) => {
    // Nothing is returned for the rows: their number says whether all were new, and they nearly always are.
    const { rowCount } = await db.query({ name: 'insert-visits', text: INSERT, values: valuesOf(visits) })
    if (rowCount === visits.length) return visits
    // A statement of its own, so that it sees what another connection committed while ours waited for it.
    const recorded = await recordedVisits(db, visits)
    return visits.map((visit) => {
      const known = recorded.get(keyOf(visit))
      if (!known) throw new Error('a visit was neither written nor there')
      return known
    })
  }, options)
}

/** The same for what is told afterwards: says which were new. Of two of the same id in one batch the first is. */
export function freshVisitRecorder(
  db: Queryable,
  options: GroupCommitOptions,
): GroupCommit<Visit, 'written' | 'there before'> {
  return groupCommit<Visit, 'written' | 'there before'>(async (visits) => {
    const query = { name: 'insert-new-visits', text: NEW_KEYS, values: valuesOf(visits), rowMode: 'array' } as const
    const { rows } = await db.query<[number, string]>(query)
    const fresh = new Set(rows.map(([venueId, id]) => keyOf({ venueId, id })))
    return visits.map((visit) => (fresh.delete(keyOf(visit)) ? 'written' : 'there before'))
  }, options)
}

const keyOf = ({ venueId, id }: Pick<Visit, 'venueId' | 'id'>): string => `${venueId}/${id}`

const BY_KEY = `select v.* from unnest($1::int[], $2::uuid[]) as k (venue_id, id) join visits v using (venue_id, id)`

async function recordedVisits(
  db: Queryable,
  keys: readonly Pick<Visit, 'venueId' | 'id'>[],
): Promise<ReadonlyMap<string, Visit>> {
  const values = [
    binaryArray(
      int4,
      keys.map(({ venueId }) => venueId),
    ),
    binaryArray(
      uuid,
      keys.map(({ id }) => id),
    ),
  ]
  const { rows } = await db.query<Tables['visits']>({ name: 'recorded-visits', text: BY_KEY, values })
  return new Map(rows.map((row) => [keyOf({ venueId: row.venue_id, id: row.id }), visitOf(row)]))
}

/** The recorded ones of a venue, kept from everyone else until the transaction ends. Locked in the order of ids. */
export async function lockVisits(
  db: Queryable,
  venueId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Visit>> {
  const { rows } = await db.query<Tables['visits']>(
    'select * from visits where venue_id = $1 and id = any ($2) order by id for update',
    [venueId, ids],
  )
  return new Map(rows.map((row) => [row.id, visitOf(row)]))
}

/** Overwrites what may change after the first record. */
export async function updateVisit(db: Queryable, visit: Visit): Promise<void> {
  const { resolved } = visit
  await db.query(
    `update visits set entered_at = $3, left_at = $4, outcome = $5, reason = $6, reference = $7, decided_by = $8,
       resolved = $9, resolved_by = $10, resolved_at = $11, resolved_reason = $12, flags = $13,
       clock_offset = $14, clock_uncertainty = $15
     where venue_id = $1 and id = $2`,
    [
      visit.venueId,
      visit.id,
      dateOf(visit.enteredAt),
      dateOf(visit.leftAt),
      visit.decision.outcome,
      reasonOf(visit),
      referenceOf(visit),
      visit.decidedBy,
      resolved?.outcome ?? null,
      resolved?.by ?? null,
      dateOf(resolved?.at ?? null),
      resolved?.reason ?? null,
      visit.flags,
      visit.clockOffset,
      visit.clockUncertainty,
    ],
  )
}

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text))
const dateOf = (time: number | null): Date | null => (time === null ? null : new Date(time))

function visitOf(row: Tables['visits']): Visit {
  const { resolved, resolved_by, resolved_at, resolved_reason: reason } = row
  const refusal = row.outcome === 'granted' ? {} : { reason: row.reason, reference: row.reference }
  return {
    venueId: row.venue_id,
    id: row.id,
    accessPointId: row.access_point_id,
    deviceId: row.device_id,
    passHandle: row.pass_handle?.toString('hex') ?? null,
    presentedAt: row.presented_at.getTime(),
    enteredAt: row.entered_at?.getTime() ?? null,
    leftAt: row.left_at?.getTime() ?? null,
    decision: AdmissionDecision.parse({ outcome: row.outcome, ...refusal }),
    decidedBy: row.decided_by,
    resolved:
      resolved && resolved_by && resolved_at
        ? { outcome: resolved, by: resolved_by, at: resolved_at.getTime(), reason }
        : null,
    flags: row.flags,
    clockOffset: numberOf(row.clock_offset),
    clockUncertainty: numberOf(row.clock_uncertainty),
  }
}

/** What an operator is told of a quoted reference number, newest first. */
export async function visitsByReference(db: Queryable, reference: string): Promise<readonly Visit[]> {
  const { rows } = await db.query<Tables['visits']>(
    'select * from visits where reference = $1 order by recorded_at desc limit 20',
    [reference],
  )
  return rows.map(visitOf)
}
