/** Every word the window can say. A language that misses one does not compile. */
import type { OverrideReason, Resolution } from '../../../contract/kiosk/admission.ts'
import type { CheckReason } from '../../../contract/decide/decide.ts'
import type { ForeignCode } from '../../../contract/pass/foreign-code.ts'
import type { DeskEntry, FaultCode, Language, ReaderStatus } from '../../preload/kiosk-api.ts'

export interface Saying {
  readonly heading: string
  readonly detail: string
}

export type ReaderKind = ReaderStatus['kind']

export interface Words {
  readonly idle: {
    readonly heading: string
    readonly steps: (reader: ReaderKind) => readonly string[]
    /** to whom holds up a code that the camera sees and cannot read */
    readonly advice: string
  }
  readonly starting: Saying
  readonly reading: Saying
  readonly checking: Saying
  readonly granted: Saying
  readonly restricted: Saying
  readonly invalid: Saying
  readonly wrongVenue: Saying
  /** no code opens this door now, whoever it is */
  readonly closed: Saying
  readonly wait: Saying
  readonly expired: Saying
  readonly unreadable: Saying
  /** what to do with a code that is not a pass; of one that is nothing known, `unreadable` speaks */
  readonly foreign: Readonly<Record<Exclude<ForeignCode, 'other'>, string>>
  readonly fault: Saying
  readonly forStaff: string
  readonly remedy: Readonly<Record<FaultCode, string>>
  readonly call: (whom: string) => string
  readonly supportCode: (code: string) => string
  /** one word each, read in passing */
  readonly turnstile: Readonly<
    Record<
      'entry' | 'exit' | 'starting' | 'busy' | 'granted' | 'denied' | 'check' | 'expired' | 'unreadable' | 'fault',
      string
    >
  >
  readonly desk: DeskWords
  readonly offline: (time: string) => string
  readonly reference: (reference: string) => string
  readonly notRecording: string
  readonly unrecorded: (count: number) => string
  readonly linkUp: string
  readonly linkDown: (since: string | undefined) => string
  readonly linkRefused: string
  readonly reader: Readonly<Record<ReaderKind, string>>
  readonly readerGone: Readonly<Record<ReaderKind, string>>
  /** a reader's last read, where there is room to say so */
  readonly readerReadAt: (reader: string, time: string | undefined) => string
  readonly waiting: (count: number) => string
  readonly listOld: (from: string) => string
  readonly listMissing: string
  readonly product: string
  readonly languages: string
}

/** What is said to the employee. */
export interface DeskWords {
  readonly check: string
  /** what an employee should know of an amber; nothing of whether the code is on a list */
  readonly checkBecause: Readonly<Record<CheckReason, string>>
  readonly why: string
  readonly reasons: Readonly<Record<OverrideReason, string>>
  readonly admitted: Saying
  readonly refused: Saying
  readonly admit: string
  /** against a refusal: a reason will be asked */
  readonly admitAsked: string
  readonly refuse: string
  readonly panel: string
  readonly last: string
  readonly nobodyYet: string
  readonly answered: Readonly<Record<DeskEntry['kind'], string>>
  readonly decided: Readonly<Record<Resolution['outcome'], string>>
  readonly admittedToday: string
  readonly refusedToday: string
  readonly smsCode: string
  readonly smsLater: string
}

export interface LanguageEntry {
  readonly code: Language
  /** in its own language */
  readonly name: string
  readonly words: Words
}
