import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { ApplicationDraft, ApplicationForm, branchOf } from '../../contract/join/application-form.ts'
import { ApplicationState } from '../../contract/join/application-state.ts'
import type { ApplicationEntry } from '../../contract/join/application-view.ts'
import type { Branch } from '../../contract/office/venue-kind.ts'
import { referenceOf } from '../../contract/decide/reference.ts'
import type { Sql } from '../db/pool.ts'
import { RequestProblem } from '../http/problem.ts'
import { clockOf } from './application.ts'
import { searchVector } from './search-words.ts'

export interface Application {
  readonly id: number
  readonly reference: string
  readonly version: number
  readonly state: ApplicationState
  readonly draft: ApplicationDraft
  /** as last submitted */
  readonly form: ApplicationForm | undefined
  readonly locale: 'ru' | 'en'
  /** lower case */
  readonly confirmedEmail: string | null
  readonly branch: Branch | null
  readonly submittedAt: Date | null
  readonly changedAt: Date
}

const columns = [
  'id',
  'reference',
  'version',
  'detail',
  'draft',
  'form',
  'locale',
  'confirmed_email',
  'branch',
  'submitted_at',
  'changed_at',
] as const

/** `lock`: nobody else moves it until the transaction ends. */
export async function findApplication(
  db: Sql,
  id: number,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Application | undefined> {
  const row = await db
    .selectFrom('applications')
    .select(columns)
    .where('id', '=', id)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      reference: row.reference,
      version: row.version,
      state: ApplicationState.parse(row.detail),
      draft: ApplicationDraft.parse(row.draft),
      form: row.form === null ? undefined : ApplicationForm.parse(row.form),
      locale: row.locale,
      confirmedEmail: row.confirmed_email,
      branch: row.branch,
      submittedAt: row.submitted_at,
      changedAt: row.changed_at,
    }
  )
}

/** A reference is 30 random bits; one that is taken is drawn again. */
export async function beginApplication(tx: Sql, draft: ApplicationDraft, at: Date): Promise<number> {
  for (;;) {
    const row = await tx
      .insertInto('applications')
      .values({
        reference: referenceOf(randomUUID()),
        state: 'draft',
        detail: JSON.stringify({ kind: 'draft' } satisfies ApplicationState),
        draft: JSON.stringify(draft),
        created_at: at,
        changed_at: at,
      })
      .onConflict((conflict) => conflict.column('reference').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (row) return row.id
  }
}

export async function saveDraft(tx: Sql, id: number, draft: ApplicationDraft, at: Date): Promise<void> {
  await tx
    .updateTable('applications')
    .set({ draft: JSON.stringify(draft), changed_at: at })
    .where('id', '=', id)
    .execute()
}

/** What is told with a move: into the history, and of the application itself. */
export interface Move {
  readonly state: ApplicationState
  readonly at: Date
  readonly entry: Omit<ApplicationEntry, 'at'>
  /** submitted anew */
  readonly form?: ApplicationForm
  readonly locale?: 'ru' | 'en'
  readonly confirmedEmail?: string
}

/** Writes the new state, its clock and its line of history; the row is locked by the caller. */
export async function moveApplication(tx: Sql, { id, reference }: Application, move: Move): Promise<void> {
  const { state, at, entry, form, locale, confirmedEmail } = move
  await tx
    .updateTable('applications')
    .set((row) => ({
      state: state.kind,
      detail: JSON.stringify(state),
      version: sql<number>`version + 1`,
      due_at: clockOf(state) ?? null,
      changed_at: at,
      ...(state.kind === 'submitted' && { submitted_at: row.fn.coalesce('submitted_at', row.val(at)) }),
      ...(locale !== undefined && { locale }),
      ...(confirmedEmail !== undefined && { confirmed_email: confirmedEmail }),
      ...(form && {
        draft: JSON.stringify(form),
        form: JSON.stringify(form),
        branch: branchOf(form),
        kinds: [...new Set(form.venues.map(({ kind }) => kind))],
        organisation: form.organisation,
        inn: form.inn,
        ogrn: form.ogrn,
        words: searchVector([
          reference.replace('-', ''),
          reference,
          form.organisation,
          form.inn,
          form.ogrn,
          form.email,
          ...form.venues.flatMap(({ name, address }) => [name, address]),
        ]),
      }),
    }))
    .where('id', '=', id)
    .execute()
  await addEntry(tx, id, { ...entry, at: at.toISOString() })
}

export async function addEntry(tx: Sql, id: number, entry: ApplicationEntry): Promise<void> {
  const { at, by, name, event, words, fields } = entry
  await tx
    .insertInto('application_history')
    .values({
      application_id: id,
      at: new Date(at),
      actor: by,
      name: name ?? null,
      event,
      words: words ?? null,
      fields: fields ? [...fields] : null,
    })
    .execute()
}

/** Drafts that nobody came back to, with all that belongs to them. @returns ids of the files that were theirs */
export async function deleteLeftDrafts(tx: Sql, before: Date): Promise<readonly string[]> {
  const left = await tx
    .selectFrom('applications')
    .select('id')
    .where('state', 'in', ['draft', 'unconfirmed'])
    .where('submitted_at', 'is', null)
    .where('changed_at', '<', before)
    .forUpdate()
    .execute()
  if (left.length === 0) return []
  const ids = left.map(({ id }) => id)
  const files = await tx.selectFrom('application_files').select('id').where('application_id', 'in', ids).execute()
  await tx.deleteFrom('applications').where('id', 'in', ids).execute()
  return files.map(({ id }) => id)
}

/** That something cannot happen in this state; to an office with whoever brought it there. */
export function movedOn(state: ApplicationState, to: 'office' | 'applicant'): RequestProblem {
  return new RequestProblem(
    'moved-on',
    [],
    {},
    {
      state: state.kind,
      ...('since' in state && { since: state.since }),
      ...(to === 'office' && 'by' in state && { by: state.by.name }),
    },
  )
}
