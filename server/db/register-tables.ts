import type { Generated, GeneratedAlways } from 'kysely'
import type { VenueState } from '../../contract/office/venue.ts'

/** Participants, venues, codes of posters, and lists that are taken in (0007_register.sql). */
export interface RegisterTables {
  venues: {
    id: GeneratedAlways<number>
    code: string
    name: string
    created_at: Generated<Date>
    version: GeneratedAlways<string>
    participant_id: number | null
    kind: Generated<string>
    address: Generated<string>
    municipality: Generated<string>
    state: Generated<VenueState>
    state_reason: string | null
    state_at: Generated<Date>
    policy: Generated<unknown>
    opening_hours: unknown
    timezone: Generated<string>
    poster: string | null
    search: GeneratedAlways<string>
  }
  participants: {
    id: GeneratedAlways<number>
    inn: string
    ogrn: string | null
    organisation: string
    address: string
    head_position: string | null
    head_name: string | null
    contact_position: string | null
    contact_name: string | null
    contact_phone: string | null
    email: string
    created_at: Generated<Date>
    search: GeneratedAlways<string>
  }
  venue_codes: { code: string; venue_id: number; issued_at: Generated<Date>; retired_at: Date | null }
  venue_imports: {
    id: GeneratedAlways<number>
    file_name: string
    account_id: number
    state: Generated<'preview' | 'running' | 'done'>
    columns: unknown
    created_at: Generated<Date>
    confirmed_at: Date | null
    confirmed_by: number | null
    leased_until: Date | null
    finished_at: Date | null
    mail: Generated<boolean>
  }
  venue_import_rows: {
    import_id: number
    line: number
    cells: unknown
    entry: unknown
    faults: Generated<unknown>
    outcome: 'wrong' | 'waiting' | 'registered' | 'there-before' | 'failed'
    venue_id: number | null
  }
}
