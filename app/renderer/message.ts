/** What a screen says: the visitor's words, never a reason or a diagnosis. */
import { assertNever } from '../../contract/assert-never.ts'
import type { CheckReason, DenialReason } from '../../contract/decide/decide.ts'
import type { KioskMode, ScreenState } from '../preload/kiosk-api.ts'
import type { Saying, Words } from './i18n/words.ts'

/** Colour and shape of the whole field. */
export type Tone = 'calm' | 'granted' | 'denied' | 'check' | 'unreadable' | 'fault'

export interface Message {
  readonly heading: string
  readonly detail?: string
  /** a small addition of fact: how old the data behind a green are */
  readonly note?: string
  /** what a refused person quotes, as it is written */
  readonly reference?: string
  /** for the staff, when the kiosk cannot serve */
  readonly remedy?: { readonly text: string; readonly contact?: string; readonly supportCode: string }
}

export function toneOf(screen: ScreenState): Tone {
  switch (screen.kind) {
    case 'starting':
    case 'idle':
    case 'reading':
    case 'checking':
      return 'calm'
    case 'granted':
    case 'denied':
    case 'check':
    case 'unreadable':
    case 'fault':
      return screen.kind
    case 'asking':
      return 'denied'
    case 'resolved':
      return screen.outcome === 'admitted' ? 'granted' : 'denied'
    default:
      return assertNever(screen)
  }
}

export interface Place {
  readonly mode: KioskMode
  readonly direction?: 'entry' | 'exit'
  /** whom to call when the terminal is out of order */
  readonly contact?: string
}

/** What is written, in the mode's own words. @param timeOf an ISO instant as people at this door read it */
export function messageOf(screen: ScreenState, words: Words, timeOf: (iso: string) => string, place: Place): Message {
  const message = wholeMessageOf(screen, words, timeOf, place.contact)
  switch (place.mode) {
    case 'self-service':
      return message
    case 'turnstile':
      return {
        heading: turnstileWord(screen, words, place.direction ?? 'entry'),
        ...(message.reference === undefined ? {} : { reference: message.reference }),
        ...(message.remedy === undefined ? {} : { remedy: message.remedy }),
      }
    case 'desk':
      return screen.kind === 'check'
        ? { ...message, heading: words.desk.check, detail: words.desk.checkBecause[screen.reason] }
        : message
    default:
      return assertNever(place.mode)
  }
}

/** All of it, as the visitor is told where there is room; also what a screen reader says in every mode. */
export function wholeMessageOf(
  screen: ScreenState,
  words: Words,
  timeOf: (iso: string) => string,
  contact?: string,
): Message {
  switch (screen.kind) {
    case 'idle':
      return { heading: words.idle.heading }
    case 'starting':
    case 'reading':
    case 'checking':
      return words[screen.kind]
    case 'unreadable':
      return screen.foreign === undefined || screen.foreign === 'other'
        ? words.unreadable
        : { ...words.unreadable, detail: words.foreign[screen.foreign] }
    case 'granted':
      return screen.dataFrom === undefined
        ? words.granted
        : { ...words.granted, note: words.offline(timeOf(screen.dataFrom)) }
    case 'denied':
      return { ...denialSaying(screen.reason, words), reference: words.reference(screen.reference) }
    case 'check':
      // who refreshes the code comes again at once and has nothing to quote
      return screen.reason === 'expired'
        ? words.expired
        : { ...checkSaying(screen.reason, words), reference: words.reference(screen.reference) }
    case 'fault':
      return {
        ...words.fault,
        remedy: {
          text: words.remedy[screen.code],
          ...(contact === undefined ? {} : { contact: words.call(contact) }),
          supportCode: words.supportCode(screen.code.toUpperCase()),
        },
      }
    case 'asking':
      return { heading: words.desk.why }
    case 'resolved':
      return screen.outcome === 'admitted'
        ? words.desk.admitted
        : {
            ...words.desk.refused,
            ...(screen.reference === undefined ? {} : { reference: words.reference(screen.reference) }),
          }
    default:
      return assertNever(screen)
  }
}

function turnstileWord(screen: ScreenState, { turnstile }: Words, direction: 'entry' | 'exit'): string {
  switch (screen.kind) {
    case 'idle':
      return turnstile[direction]
    case 'starting':
      return turnstile.starting
    case 'reading':
    case 'checking':
      return turnstile.busy
    case 'granted':
      return turnstile.granted
    case 'denied':
    case 'asking':
      return turnstile.denied
    case 'check':
      return screen.reason === 'expired' ? turnstile.expired : turnstile.check
    case 'unreadable':
      return turnstile.unreadable
    case 'resolved':
      return screen.outcome === 'admitted' ? turnstile.granted : turnstile.denied
    case 'fault':
      return turnstile.fault
    default:
      return assertNever(screen)
  }
}

function denialSaying(reason: DenialReason, words: Words): Saying {
  switch (reason) {
    case 'restricted':
      return words.restricted
    case 'invalid':
      return words.invalid
    case 'wrong-venue':
      return words.wrongVenue
    case 'closed':
      return words.closed
    default:
      return assertNever(reason)
  }
}

/** One saying for all: why a person must look is for that person to see, not for the queue. */
function checkSaying(reason: Exclude<CheckReason, 'expired'>, words: Words): Saying {
  switch (reason) {
    case 'unknown-key':
    case 'clock':
    case 'passback':
    case 'restricted-stale':
    case 'list-stale':
    case 'no-list':
    case 'not-recorded':
    case 'not-accepted':
    case 'outside-hours':
      return words.wait
    default:
      return assertNever(reason)
  }
}
