import type { OfficeState } from '../../../contract/join/application-state.ts'
import type { ApplicationEntry } from '../../../contract/join/application-view.ts'

/** Words of the Coordinator's desk. */
export interface ApplicationWords {
  readonly hint: string
  readonly states: Readonly<Record<OfficeState, string>>
  readonly tabs: Readonly<Record<OfficeState | 'overdue' | 'all', string>>
  readonly tabsLabel: string
  readonly columns: Readonly<
    Record<'due' | 'reference' | 'organisation' | 'kinds' | 'submittedAt' | 'state' | 'branch', string>
  >
  readonly anyKind: string
  readonly anyBranch: string
  readonly more: (venues: number) => string
  readonly files: (count: number) => string
  readonly left: (hours: number) => string
  readonly empty: { readonly title: string; readonly hint: string }
  readonly emptyQueue: { readonly title: string; readonly hint: string }
  readonly back: string
  readonly parts: Readonly<
    Record<'venues' | 'organisation' | 'head' | 'contact' | 'files' | 'history' | 'decision', string>
  >
  readonly fields: Readonly<
    Record<
      | 'name'
      | 'address'
      | 'inn'
      | 'ogrn'
      | 'headName'
      | 'headPosition'
      | 'contactName'
      | 'contactPosition'
      | 'phone'
      | 'email',
      string
    >
  >
  readonly round: (round: number) => string
  readonly paper: string
  readonly noFiles: string
  readonly sha: string
  readonly duplicates: {
    readonly venue: string
    readonly organisation: string
    readonly elsewhere: string
  }
  readonly due: (date: string) => string
  readonly waitsFor: Readonly<Record<'coordinator' | 'operator' | 'applicant', string>>
  readonly decide: Readonly<
    Record<
      | 'question'
      | 'approve'
      | 'reject'
      | 'ask'
      | 'register'
      | 'sendBack'
      | 'approveTitle'
      | 'approveText'
      | 'rejectTitle'
      | 'rejectLabel'
      | 'rejectHint'
      | 'askTitle'
      | 'askFields'
      | 'askLabel'
      | 'askHint'
      | 'sendBackTitle'
      | 'sendBackLabel'
      | 'cancel'
      | 'next'
      | 'noNext',
      string
    >
  >
  readonly reasons: readonly string[]
  readonly done: Readonly<Record<'approve' | 'reject' | 'ask-correction' | 'send-back', string>>
  /** `state` in its own words */
  readonly moved: (state: string | undefined, by: string | undefined) => string
  readonly movedTitle: string
  readonly events: Readonly<Record<ApplicationEntry['event'], string>>
  readonly actors: Readonly<Record<ApplicationEntry['by'], string>>
}
