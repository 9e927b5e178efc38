import type { OverrideReason } from '../contract/admission.ts'
import type { Generated, GeneratedAlways } from 'kysely'

/** Rows as `pg` gives them: bigint is text, bytea a Buffer, timestamptz a Date. Migrations are the truth; tests compare. */
export interface Tables {
  changes: { name: string; version: string }
  venues: { id: GeneratedAlways<number>; code: string; name: string; created_at: Generated<Date> }
  access_points: {
    id: GeneratedAlways<number>
    venue_id: number
    name: string
    direction: 'entry' | 'exit'
    created_at: Generated<Date>
  }
  devices: {
    id: GeneratedAlways<number>
    access_point_id: number
    name: string
    token_sha256: Buffer
    created_at: Generated<Date>
    revoked_at: Date | null
  }
  pass_keys: {
    key_id: number
    use: 'static' | 'dynamic' | 'phone'
    lifetime: number
    public_key: Buffer
    created_at: Generated<Date>
    revoked_at: Date | null
  }
  restrictions: {
    id: GeneratedAlways<string>
    handle: Buffer
    kind: 'restricted' | 'replaced'
    deny_from: Date
    deny_until: Date
    reason: string
    created_at: Generated<Date>
    lifted_at: Date | null
    version: GeneratedAlways<string>
  }
  deny_list_salts: { epoch: number; salt: Buffer; created_at: Generated<Date> }
  deny_lists: {
    epoch: number
    version: number
    issued_at: Date
    count: number
    sha256: string
    entries: Buffer
  }
  visits: {
    venue_id: number
    id: string
    access_point_id: number
    device_id: number
    pass_handle: Buffer | null
    person_ref: string | null
    presented_at: Date
    entered_at: Date | null
    left_at: Date | null
    outcome: 'granted' | 'denied' | 'check'
    reason: string | null
    reference: string | null
    decided_by: 'server' | 'kiosk'
    resolved: 'admitted' | 'refused' | null
    resolved_by: 'staff' | 'auto' | null
    resolved_at: Date | null
    resolved_reason: OverrideReason | null
    flags: number
    recorded_at: Generated<Date>
  }
}
