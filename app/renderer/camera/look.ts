import { CALIBRATION_TEXT } from '../../../contract/kiosk/calibration.ts'
import { ENROLMENT_PREFIX } from '../../../contract/kiosk/enrolment.ts'
import { foreignCodeOf } from '../../../contract/pass/foreign-code.ts'
import { PASS_PREFIX } from '../../../contract/pass/pass.ts'
import type { Decoder } from './decoder.ts'
import type { Luma } from './luma.ts'
import type { Pace } from './pace.ts'
import { moved, sampleOf, type Sample } from './stillness.ts'
import type { Telling } from './telling.ts'
import type { Unread } from './unread.ts'
import type { FromWorker, Sight } from './worker-messages.ts'

export const isOurs = (text: string): boolean =>
  text.startsWith(PASS_PREFIX) || text.startsWith(ENROLMENT_PREFIX) || CALIBRATION_TEXT.test(text)

export interface LookParts {
  readonly decoder: Decoder
  readonly pace: Pace
  readonly telling: Telling
  readonly unread: Unread
  /** which texts are told whole */
  readonly ours: (text: string) => boolean
  /** milliseconds, monotonic */
  readonly now: () => number
  readonly tell: (message: FromWorker) => void
}

/** Looks at one picture after the other, and tells what is news. */
export function createLook({ decoder, pace, telling, unread, ours, now, tell }: LookParts): (picture: Luma) => void {
  let searched: Sample | undefined
  let sight: Sight = {}

  function search(picture: Luma, at: number): Sight {
    const symbol = decoder.decode(picture, ours)
    if (symbol === undefined) {
      if (unread.isDue(at)) unread.saw(decoder.glimpse(picture), picture.height, at)
      return unread.needsHelp(at) ? { needsHelp: true } : {}
    }
    unread.read()
    const { text, corners } = symbol
    const isOur = ours(text)
    if (telling.isNews(text, isOur, at)) {
      tell(isOur ? { kind: 'read', text } : { kind: 'foreign', length: text.length, code: foreignCodeOf(text) })
    }
    return { outline: { corners, ours: isOur, width: picture.width, height: picture.height } }
  }

  return (picture) => {
    const at = now()
    const sample = sampleOf(picture)
    // against the last picture that was searched, so that slow movement adds up
    if (!pace.isSearched(searched === undefined || moved(searched, sample), at)) {
      // what stands still is where it was
      tell({ kind: 'looked', ...sight })
      return
    }
    searched = sample
    sight = search(picture, at)
    tell({ kind: 'looked', ms: now() - at, ...sight })
  }
}
