import { sql } from 'kysely'
import type { VENUE_COLUMNS, VenuePage, VenueQuery, VenueRow } from '../../contract/office/venue.ts'
import { BRANCH_OF, VenueKind, type Branch } from '../../contract/office/venue-kind.ts'
import type { Sql } from '../db/pool.ts'
import { containsFolded } from '../db/search.ts'
import type { Tables } from '../db/tables.ts'
import type { VenueScope } from './scope.ts'
import { inScope } from './venues.store.ts'

const kindsOf = (branch: Branch): readonly VenueKind[] => VenueKind.options.filter((kind) => BRANCH_OF[kind] === branch)

export type VenueFilters = Pick<VenueQuery, 'kind' | 'branch' | 'state' | 'municipality' | 'participant' | 'search'>

/** Venues in scope that the filters let through, with their Participants. */
export function filteredVenues(db: Sql, scope: VenueScope, filters: VenueFilters) {
  const { kind, branch, state, municipality, participant, search } = filters
  return db
    .selectFrom('venues')
    .leftJoin('participants', 'participants.id', 'venues.participant_id')
    .where(inScope(scope))
    .$if(kind !== undefined, (query) => query.where('venues.kind', '=', kind ?? ''))
    .$if(branch !== undefined, (query) => query.where('venues.kind', 'in', branch ? kindsOf(branch) : []))
    .$if(state !== undefined, (query) => query.where('venues.state', '=', state ?? 'active'))
    .$if(municipality !== undefined, (query) => query.where('venues.municipality', '=', municipality ?? ''))
    .$if(participant !== undefined, (query) => query.where('venues.participant_id', '=', participant ?? 0))
    .$if(search !== undefined && search !== '', (query) =>
      query.where((where) => containsFolded(where.ref('venues.search'), search ?? '')),
    )
}

const COLUMN: Readonly<Record<(typeof VENUE_COLUMNS)[number], keyof Tables['venues']>> = {
  name: 'name',
  address: 'address',
  kind: 'kind',
  state: 'state',
  municipality: 'municipality',
  createdAt: 'created_at',
}

/** A column of the contract's sort, and its direction; `-name`: descending. */
export function sortOf<Column extends string>(
  sort: string | undefined,
  columns: Readonly<Record<Column, string>>,
  otherwise: Column,
): { readonly column: string; readonly direction: 'asc' | 'desc' } {
  const name = sort?.replace(/^-/, '')
  const known = Object.entries<string>(columns).find(([column]) => column === name)
  return { column: known?.[1] ?? columns[otherwise], direction: sort?.startsWith('-') ? 'desc' : 'asc' }
}

const selected = [
  'venues.id',
  'venues.name',
  'venues.kind',
  'venues.address',
  'venues.municipality',
  'venues.state',
  'venues.poster',
  'venues.created_at',
  'venues.participant_id',
  'participants.organisation',
  'participants.inn',
] as const

/** The rows of a page, and how many there are. Ids break ties, so that no row is on two pages. */
export async function venuePage(
  db: Sql,
  scope: VenueScope,
  query: VenueQuery,
): Promise<{ rows: VenueRow[]; total: number }> {
  const filtered = filteredVenues(db, scope, query)
  const { column, direction } = sortOf(query.sort, COLUMN, 'name')
  const rows = await filtered
    .select(selected)
    .orderBy(sql.ref(`venues.${column}`), direction)
    .orderBy('venues.id', direction)
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  const { total } = await filtered.select(({ fn }) => fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  return { rows: rows.map(venueRow), total: Number(total) }
}

type Selected = Awaited<ReturnType<typeof venueRowsOf>>[number]

export const venueRowsOf = (filtered: ReturnType<typeof filteredVenues>, limit: number) =>
  filtered.select(selected).orderBy('venues.name').orderBy('venues.id').limit(limit).execute()

/** A kind that the contract has lost since is shown as an office. */
export function venueRow(row: Selected): VenueRow {
  const kind = VenueKind.catch('office').parse(row.kind)
  const { participant_id: id, organisation, inn } = row
  return {
    id: row.id,
    name: row.name,
    kind,
    branch: BRANCH_OF[kind],
    address: row.address,
    municipality: row.municipality,
    state: row.state,
    poster: row.poster ?? '',
    participant: id !== null && organisation !== null && inn !== null ? { id, organisation, inn } : null,
    createdAt: row.created_at.toISOString(),
  }
}

/** In scope only. */
export async function municipalitiesOf(db: Sql, scope: VenueScope): Promise<string[]> {
  const rows = await filteredVenues(db, scope, {})
    .select('venues.municipality')
    .where('venues.municipality', '<>', '')
    .groupBy('venues.municipality')
    .orderBy('venues.municipality')
    .limit(1000)
    .execute()
  return rows.map(({ municipality }) => municipality)
}

/** With access points, retired ones last, the codes it had, and the mails about it, newest first. */
export async function venueDetails(db: Sql, scope: VenueScope, id: number): Promise<VenuePage | undefined> {
  const row = await filteredVenues(db, scope, {})
    .where('venues.id', '=', id)
    .select([...selected, 'venues.version', 'venues.state_reason', 'venues.state_at'])
    .executeTakeFirst()
  if (!row) return undefined
  const points = await db
    .selectFrom('access_points')
    .select(['id', 'name', 'direction', 'retired_at'])
    .where('venue_id', '=', id)
    .orderBy((order) => order('retired_at', 'is not', null))
    .orderBy('id')
    .execute()
  const codes = await db
    .selectFrom('venue_codes')
    .select(['code', 'issued_at', 'retired_at'])
    .where('venue_id', '=', id)
    .orderBy('issued_at', 'desc')
    .execute()
  const mails = await db
    .selectFrom('mails')
    .select(['id', 'kind', 'state', 'created_at'])
    .where('about_kind', '=', 'venue')
    .where('about_id', '=', String(id))
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  return {
    ...venueRow(row),
    version: Number(row.version),
    stateReason: row.state_reason,
    stateAt: row.state_at.toISOString(),
    accessPoints: points.map(({ retired_at, ...point }) => ({
      ...point,
      retiredAt: retired_at?.toISOString() ?? null,
    })),
    codes: codes.map(({ code, issued_at, retired_at }) => ({
      code,
      issuedAt: issued_at.toISOString(),
      retiredAt: retired_at?.toISOString() ?? null,
    })),
    mails: mails.map(({ created_at, ...mail }) => ({ ...mail, id: Number(mail.id), at: created_at.toISOString() })),
  }
}
