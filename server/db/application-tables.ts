import type { Generated, GeneratedAlways } from 'kysely'
import type { StateKind } from '../../contract/join/application-state.ts'
import type { ApplicationEntry, ApplicationFile } from '../../contract/join/application-view.ts'
import type { Branch, VenueKind } from '../../contract/office/venue-kind.ts'

/** Tables of 0006_applications.sql. */
export interface ApplicationTables {
  applications: {
    id: GeneratedAlways<number>
    reference: string
    state: StateKind
    /** ApplicationState */
    detail: unknown
    version: Generated<number>
    /** ApplicationDraft, ApplicationForm */
    draft: unknown
    form: unknown
    locale: Generated<'ru' | 'en'>
    confirmed_email: string | null
    submitted_at: Date | null
    due_at: Date | null
    branch: Branch | null
    kinds: Generated<VenueKind[]>
    organisation: string | null
    inn: string | null
    ogrn: string | null
    words: string | null
    created_at: Generated<Date>
    changed_at: Generated<Date>
  }
  application_secrets: {
    sha256: Buffer
    application_id: number
    mailed_to: string | null
    created_at: Generated<Date>
  }
  application_history: {
    id: GeneratedAlways<string>
    application_id: number
    at: Date
    actor: ApplicationEntry['by']
    name: string | null
    event: ApplicationEntry['event']
    words: string | null
    fields: string[] | null
  }
  application_files: {
    id: string
    application_id: number
    name: string
    type: ApplicationFile['type']
    size: number
    sha256: Buffer
    uploaded_at: Date
  }
}
