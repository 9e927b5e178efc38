import type { OverrideReason } from '../../contract/kiosk/admission.ts'
import type { ApplicationTables } from './application-tables.ts'
import type { Role } from '../../contract/office/role.ts'
import type { Branch } from '../../contract/office/venue-kind.ts'
import type { Generated, GeneratedAlways } from 'kysely'
import type { RegisterTables } from './register-tables.ts'

/** Rows as `pg` gives them: bigint is text, bytea a Buffer, timestamptz a Date. Migrations are the truth; tests compare. */
export interface Tables extends ApplicationTables, RegisterTables {
  changes: { name: string; version: string }
  access_points: {
    id: GeneratedAlways<number>
    venue_id: number
    name: string
    direction: 'entry' | 'exit'
    created_at: Generated<Date>
    version: GeneratedAlways<string>
    retired_at: Date | null
  }
  devices: {
    id: GeneratedAlways<number>
    access_point_id: number
    name: string
    created_at: Generated<Date>
    revoked_at: Date | null
    version: GeneratedAlways<string>
    public_key: Buffer | null
    kid: string | null
    platform: Generated<string>
    approved_at: Date | null
    revoked_reason: string | null
    key_made_at: Generated<Date>
    rotation_asked_at: Date | null
    state: GeneratedAlways<'pending' | 'active' | 'revoked'>
  }
  pass_keys: {
    key_id: number
    use: 'static' | 'dynamic' | 'phone'
    lifetime: number
    public_key: Buffer
    created_at: Generated<Date>
    revoked_at: Date | null
    not_before: Date | null
  }
  server_keys: {
    kid: string
    use: 'list' | 'config' | 'seal' | 'token'
    public_key: Buffer
    created_at: Generated<Date>
    revoked_at: Date | null
  }
  key_sets: { version: number; issued_at: Date; expires_at: Date; jws: string; root_key: Buffer | null }
  enrolment_codes: {
    id: GeneratedAlways<number>
    access_point_id: number
    name: string
    code_hash: Buffer
    made_by: number | null
    approved: boolean
    created_at: Generated<Date>
    expires_at: Date
    used_at: Date | null
    device_id: number | null
    cancelled_at: Date | null
  }
  used_assertions: { kid: string; jti: string; expires_at: Date }
  device_states: {
    device_id: number
    venue_id: number
    state: 'pending' | 'active' | 'revoked'
    seen_at: Date | null
    report: unknown
    version: string | null
    waiting: Generated<number>
    oldest_unsent: Date | null
    alarms: Generated<string[]>
    level: Generated<number>
    attention: GeneratedAlways<number>
  }
  device_reports: { device_id: number; at: Date; alarms: string[]; report: unknown }
  decision_rules: { one_row: Generated<boolean>; rules: unknown; version: GeneratedAlways<string> }
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
  deny_list_salts: {
    epoch: number
    salt: Buffer
    created_at: Generated<Date>
    decoys: Generated<Buffer>
    canary_hit: Generated<Buffer>
    canary_miss: Generated<Buffer>
    version: GeneratedAlways<string>
  }
  deny_lists: {
    epoch: number
    version: number
    issued_at: Date
    count: number
    sha256: string
    added: Buffer
    removed: Buffer
    entries: Buffer | null
  }
  event_quarantine: {
    id: GeneratedAlways<string>
    device_id: number
    queue: string
    seq: string | null
    raw: string
    sha256: Buffer
    why: string
    at: Generated<Date>
  }
  device_queues: { device_id: number; queue: string; last_seq: string; last_chain: string; updated_at: Generated<Date> }
  queue_breaks: {
    id: GeneratedAlways<string>
    device_id: number
    queue: string
    kind: 'gap' | 'chain'
    from_seq: string
    to_seq: string
    at: Generated<Date>
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
    clock_offset: string | null
    clock_uncertainty: string | null
  }
  accounts: {
    id: GeneratedAlways<number>
    email: string
    name: string
    locale: Generated<'ru' | 'en'>
    password: string | null
    totp_secret: Buffer | null
    totp_pending: Buffer | null
    totp_step: Generated<string>
    oidc_issuer: string | null
    oidc_subject: string | null
    demo: Generated<boolean>
    created_at: Generated<Date>
    disabled_at: Date | null
  }
  grants: {
    account_id: number
    role: Role
    branch: Branch | null
    participant_id: number | null
    created_at: Generated<Date>
  }
  sessions: {
    id: GeneratedAlways<number>
    account_id: number
    token_sha256: Buffer
    created_at: Date
    seen_at: Date
    ended_at: Date | null
    device: Generated<string>
    network: Generated<string>
    vouched: Generated<'password' | 'provider'>
  }
  links: {
    id: GeneratedAlways<number>
    kind: 'invitation' | 'reset' | 'first-operator'
    token_sha256: Buffer
    account_id: number | null
    created_at: Date
    expires_at: Date
    used_at: Date | null
  }
  recovery_codes: { account_id: number; code_hmac: Buffer; used_at: Date | null }
  known_devices: { account_id: number; token_sha256: Buffer; seen_at: Date }
  known_networks: { account_id: number; network: string; seen_at: Date }
  attempts: { key: string; points: number; expire: string | null }
  audit_log: {
    seq: string
    at: Date
    account_id: number | null
    role: string
    action: string
    object_kind: string
    object_id: string
    purpose: string | null
    detail: string | null
    hash: Buffer
  }
  audit_head: { one_row: Generated<boolean>; seq: string; hash: Buffer }
  mails: {
    id: GeneratedAlways<string>
    kind: string
    values: unknown
    recipient: string
    locale: 'ru' | 'en'
    about_kind: string
    about_id: string
    state: Generated<'queued' | 'sending' | 'sent' | 'bounced' | 'failed'>
    attempts: Generated<number>
    next_at: Generated<Date>
    message_id: Generated<string>
    error: string | null
    repeats: string | null
    created_at: Generated<Date>
    sent_at: Date | null
  }
  mail_attachments: { mail_id: string; position: number; name: string; type: string; bytes: Buffer }
}
