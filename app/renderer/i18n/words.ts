/** Every word the window can say. A language that misses one does not compile. */
import type { FaultCode, Language, ReaderStatus } from '../../preload/kiosk-api.ts'

export interface Saying {
  readonly heading: string
  readonly detail: string
}

export type ReaderKind = ReaderStatus['kind']

export interface Words {
  readonly idle: {
    readonly heading: string
    readonly steps: (reader: ReaderKind) => readonly string[]
  }
  readonly starting: Saying
  readonly reading: Saying
  readonly checking: Saying
  readonly granted: Saying
  readonly restricted: Saying
  readonly invalid: Saying
  readonly wrongVenue: Saying
  readonly wait: Saying
  readonly expired: Saying
  readonly unreadable: Saying
  readonly fault: Saying
  readonly forStaff: string
  readonly remedy: Readonly<Record<FaultCode, string>>
  readonly supportCode: (code: string) => string
  readonly offline: (time: string) => string
  readonly reference: (reference: string) => string
  readonly notRecording: string
  readonly unrecorded: (count: number) => string
  readonly linkUp: string
  readonly linkDown: (since: string | undefined) => string
  readonly linkRefused: string
  readonly reader: Readonly<Record<ReaderKind, string>>
  readonly readerGone: Readonly<Record<ReaderKind, string>>
  readonly waiting: (count: number) => string
  readonly listOld: (from: string) => string
  readonly listMissing: string
  readonly product: string
  readonly languages: string
}

export interface LanguageEntry {
  readonly code: Language
  /** in its own language */
  readonly name: string
  readonly words: Words
}
