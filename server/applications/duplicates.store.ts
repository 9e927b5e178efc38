import { ApplicationForm } from '../../contract/join/application-form.ts'
import { OfficeState } from '../../contract/join/application-state.ts'
import type { ApplicationView } from '../../contract/join/application-view.ts'
import type { Sql } from '../db/pool.ts'
import { likeness } from './duplicate.ts'

export type Duplicate = ApplicationView['duplicates'][number]

/** More of one organisation than anybody looks through. */
const MOST = 50

/** Applications before the offices of the same ИНН or ОГРН, the most alike first, then the newest. */
export async function duplicatesOf(db: Sql, form: ApplicationForm, except: number | undefined): Promise<Duplicate[]> {
  const rows = await db
    .selectFrom('applications')
    .select(['id', 'reference', 'state', 'submitted_at', 'branch', 'form'])
    .where('submitted_at', 'is not', null)
    .where((row) => row.or([row('inn', '=', form.inn), row('ogrn', '=', form.ogrn)]))
    .where('state', 'in', ['submitted', 'correction', 'approved', 'registered', 'rejected'])
    .$if(except !== undefined, (query) => query.where('id', '<>', except ?? 0))
    .orderBy('submitted_at', 'desc')
    .limit(MOST)
    .execute()
  const found = rows.flatMap(
    ({ id, reference, state, submitted_at: submittedAt, branch, form: stored }): Duplicate[] => {
      const alike = likeness(form, ApplicationForm.parse(stored))
      if (alike === undefined || submittedAt === null || branch === null) return []
      return [
        {
          id,
          reference,
          likeness: alike,
          state: OfficeState.parse(state),
          submittedAt: submittedAt.toISOString(),
          branch,
        },
      ]
    },
  )
  return found.sort((a, b) => Number(b.likeness === 'venue') - Number(a.likeness === 'venue'))
}
