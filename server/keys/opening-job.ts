/** What crosses between the server and the thread that opens events. */
import type { KeyObject } from 'node:crypto'
import type { EventEnvelope } from '../../contract/kiosk/admission.ts'
import type { PassKey } from '../../contract/kiosk/keys.ts'
import type { PassCheck } from '../../contract/pass/pass.ts'

export type OpenedEvent =
  | {
      readonly kind: 'opened'
      readonly envelope: EventEnvelope
      /** of an admission's credential */
      readonly pass: PassCheck | undefined
    }
  | { readonly kind: 'unreadable'; readonly why: 'no-jwe' | 'forged' | 'no-envelope'; readonly detail: string }
  | { readonly kind: 'unknown-key'; readonly kid: string }

export interface OpeningKeys {
  /** private halves by kid, old ones too: what was sealed for them is still on its way */
  readonly seal: ReadonlyMap<string, KeyObject>
  readonly pass: readonly PassKey[]
}

export type ToWorker =
  | ({ readonly kind: 'keys' } & OpeningKeys)
  | { readonly kind: 'open'; readonly job: number; readonly jwes: readonly string[] }

export interface FromWorker {
  readonly job: number
  readonly opened: readonly OpenedEvent[]
}
