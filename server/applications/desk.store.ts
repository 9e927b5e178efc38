import { sql, type SelectQueryBuilder } from 'kysely'
import type { ApplicationForm } from '../../contract/join/application-form.ts'
import { OfficeState, type CorrectionField } from '../../contract/join/application-state.ts'
import type {
  ApplicationCounts,
  ApplicationEntry,
  ApplicationQuery,
  ApplicationRow,
  ApplicationView,
} from '../../contract/join/application-view.ts'
import type { Branch } from '../../contract/office/venue-kind.ts'
import type { Sql } from '../db/pool.ts'
import type { Tables } from '../db/tables.ts'
import { clockOf } from './application.ts'
import { duplicatesOf } from './duplicates.store.ts'
import { filesOf } from './files.store.ts'
import { searchQuery } from './search-words.ts'
import { findApplication, type Application } from './applications.store.ts'
import { workingHours } from './working-days.ts'

/** Whose applications somebody sees; `undefined`: all. */
export type Branches = readonly Branch[] | undefined

/** `branches` are of the person, `query.branch` is a wish among them. */
export interface Asked {
  readonly query: ApplicationQuery
  readonly branches: Branches
  readonly now: Date
}

/** What has been submitted once, as far as one may see it. */
function submitted(db: Sql, branches: Branches) {
  const base = db
    .selectFrom('applications')
    .where('submitted_at', 'is not', null)
    // sent again with another e-mail address, which is not confirmed yet
    .where('state', '<>', 'unconfirmed')
  if (branches === undefined) return base
  const [only, ...others] = branches
  return only !== undefined && others.length === 0
    ? base.where('branch', '=', only)
    : base.where('branch', 'in', [...branches])
}

/** The rows that a query is about, in no order yet. */
function matching(db: Sql, { query, branches, now }: Asked) {
  const { state, kind, branch, overdue, search } = query
  const words = search === undefined ? undefined : searchQuery(search)
  return submitted(db, branch === undefined ? branches : [branch].filter((one) => branches?.includes(one) ?? true))
    .$if(state !== undefined, (rows) => rows.where('state', '=', state ?? 'submitted'))
    .$if(kind !== undefined, (rows) => rows.where(sql<boolean>`kinds @> array[${kind}]`))
    .$if(overdue === true, (rows) => rows.where('due_at', '<', now))
    .$if(words !== undefined, (rows) => rows.where(sql<boolean>`words @@ ${words}::tsquery`))
}

const COLUMNS = { due: 'due_at', submittedAt: 'submitted_at', organisation: 'organisation' } as const

/** The query of one page: exported so that a test can ask the database how it would go about it. */
export function pageQuery(db: Sql, asked: Asked) {
  const { sort = 'due', page, size } = asked.query
  const descending = sort.startsWith('-')
  const column = COLUMNS[(descending ? sort.slice(1) : sort) as keyof typeof COLUMNS]
  return (
    matching(db, asked)
      .select(['id', 'reference', 'state', 'organisation', 'inn', 'branch', 'kinds', 'submitted_at', 'due_at'])
      .select([
        sql<string>`form -> 'venues' -> 0 ->> 'name'`.as('venue'),
        sql<number>`jsonb_array_length(form -> 'venues')`.as('venues'),
        sql<number>`(select count(*)::int from application_files where application_id = applications.id)`.as('files'),
      ])
      // only a deadline can be missing, and whoever has none stands last; elsewhere the index is read as it is
      .orderBy(column, (order) => {
        if (!descending) return order.asc()
        return column === 'due_at' ? order.desc().nullsLast() : order.desc()
      })
      .orderBy('id', descending ? 'desc' : 'asc')
      .limit(size)
      .offset((page - 1) * size)
  )
}

export async function applicationsPage(
  db: Sql,
  asked: Asked,
): Promise<{ readonly rows: ApplicationRow[]; readonly total: number }> {
  if (asked.query.branch !== undefined && asked.branches?.includes(asked.query.branch) === false)
    return { rows: [], total: 0 }
  const [rows, { total }] = await Promise.all([
    pageQuery(db, asked).execute(),
    countQuery(db, asked).executeTakeFirstOrThrow(),
  ])
  return {
    total,
    rows: rows.map(({ state, organisation, inn, branch, submitted_at: submittedAt, due_at: due, ...row }) => ({
      ...row,
      ...told({ state, organisation, inn, branch, submittedAt }),
      ...(due && { due: due.toISOString(), hoursLeft: workingHours(asked.now, due) }),
    })),
  }
}

const countQuery = (db: Sql, asked: Asked): SelectQueryBuilder<Tables, 'applications', { total: number }> =>
  matching(db, asked).select(sql<number>`count(*)::int`.as('total'))

interface Nullable {
  readonly state: string
  readonly organisation: string | null
  readonly inn: string | null
  readonly branch: Branch | null
  readonly submittedAt: Date | null
}
/** What every submitted application has, whatever the columns' types say. */
function told({ state, organisation, inn, branch, submittedAt }: Nullable) {
  if (organisation === null || inn === null || branch === null || submittedAt === null)
    throw new Error('a submitted application lacks a column of its form')
  return { state: OfficeState.parse(state), organisation, inn, branch, submittedAt: submittedAt.toISOString() }
}

export async function countApplications(db: Sql, branches: Branches, now: Date): Promise<ApplicationCounts> {
  const rows = await submitted(db, branches)
    .select(['state', sql<number>`count(*)::int`.as('many')])
    .select(sql<number>`(count(*) filter (where due_at < ${now}))::int`.as('late'))
    .groupBy('state')
    .execute()
  return {
    states: Object.fromEntries(rows.map(({ state, many }) => [state, many])),
    overdue: rows.reduce((sum, { late }) => sum + late, 0),
  }
}

/** One that an office may see: submitted once, and of these branches. */
export async function officeApplication(
  db: Sql,
  id: number,
  branches: Branches,
  options: { readonly lock?: boolean } = {},
): Promise<(Application & { readonly form: ApplicationForm; readonly branch: Branch }) | undefined> {
  const found = await findApplication(db, id, options)
  const { form, branch, submittedAt, state } = found ?? {}
  if (!found || !form || !branch || !submittedAt || state?.kind === 'unconfirmed') return undefined
  return (branches?.includes(branch) ?? true) ? { ...found, form, branch } : undefined
}

async function historyOf(db: Sql, id: number): Promise<ApplicationEntry[]> {
  const rows = await db
    .selectFrom('application_history')
    .select(['at', 'actor', 'name', 'event', 'words', 'fields'])
    .where('application_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map(({ at, actor, name, event, words, fields }) => ({
    at: at.toISOString(),
    by: actor,
    event,
    ...(name !== null && { name }),
    ...(words !== null && { words }),
    // written by us from the contract's own list
    ...(fields !== null && { fields: fields as CorrectionField[] }),
  }))
}

export async function applicationView(
  db: Sql,
  application: Application & { readonly form: ApplicationForm; readonly branch: Branch },
  now: Date,
): Promise<ApplicationView> {
  const { id, reference, version, state, form, branch, submittedAt } = application
  const [attached, duplicates, history] = await Promise.all([
    filesOf(db, id),
    duplicatesOf(db, form, id),
    historyOf(db, id),
  ])
  const due = clockOf(state)
  return {
    id,
    reference,
    version,
    ...told({ state: state.kind, organisation: form.organisation, inn: form.inn, branch, submittedAt }),
    detail: state,
    form,
    kinds: [...new Set(form.venues.map(({ kind }) => kind))],
    venue: form.venues[0]?.name ?? '',
    venues: form.venues.length,
    files: attached.length,
    ...(due && { due: due.toISOString(), hoursLeft: workingHours(now, due) }),
    attached,
    duplicates,
    history,
  }
}
