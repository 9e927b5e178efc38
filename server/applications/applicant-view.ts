import { assertNever } from '../../contract/assert-never.ts'
import { branchOf, type ApplicationDraft, type ApplicationForm } from '../../contract/join/application-form.ts'
import type { ApplicationState } from '../../contract/join/application-state.ts'
import type {
  ApplicantState,
  ApplicantView,
  ApplicationFile,
  ApplicationView,
} from '../../contract/join/application-view.ts'

interface Shown {
  readonly reference: string
  readonly state: ApplicationState
  readonly draft: ApplicationDraft
  readonly form: ApplicationForm | undefined
  readonly changedAt: Date
}

/** What the applicant sees; of other applications only that they are there. */
export function applicantView(
  { reference, state, draft, form, changedAt }: Shown,
  files: readonly ApplicationFile[],
  duplicates: ApplicationView['duplicates'],
): ApplicantView {
  return {
    reference,
    state: applicantState(state),
    form: draft,
    savedAt: changedAt.toISOString(),
    ...(form && { branch: branchOf(form) }),
    files: files.map(({ name, size, uploadedAt }) => ({ name, size, uploadedAt })),
    known: duplicates
      .filter(({ state: other }) => other !== 'rejected')
      .map(({ likeness, state: other, submittedAt }) => ({ likeness, state: other, submittedAt })),
  }
}

/** Without whoever of the office it was. */
function applicantState(state: ApplicationState): ApplicantState {
  switch (state.kind) {
    case 'draft':
      return { kind: state.kind }
    case 'unconfirmed':
    case 'registered':
    case 'withdrawn':
      return { kind: state.kind, since: state.since }
    case 'submitted':
    case 'approved':
      return { kind: state.kind, since: state.since, due: state.due }
    case 'correction':
      return { kind: state.kind, since: state.since, fields: state.fields, words: state.words }
    case 'rejected':
      return { kind: state.kind, since: state.since, words: state.reason }
    default:
      return assertNever(state)
  }
}
