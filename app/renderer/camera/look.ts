import { CALIBRATION_TEXT } from '../../../server/contract/calibration.ts'
import { ENROLMENT_PREFIX } from '../../../server/contract/enrolment.ts'
import { foreignCodeOf } from '../../../server/contract/foreign-code.ts'
import { PASS_PREFIX } from '../../../server/contract/pass.ts'
import type { Decoder } from './decoder.ts'
import type { Luma } from './luma.ts'
import type { Pace } from './pace.ts'
import { moved, sampleOf, type Sample } from './stillness.ts'
import type { Telling } from './telling.ts'
import type { FromWorker } from './worker-messages.ts'

export const isOurs = (text: string): boolean =>
  text.startsWith(PASS_PREFIX) || text.startsWith(ENROLMENT_PREFIX) || CALIBRATION_TEXT.test(text)

export interface LookParts {
  readonly decoder: Decoder
  readonly pace: Pace
  readonly telling: Telling
  /** which texts are told whole */
  readonly ours: (text: string) => boolean
  /** milliseconds, monotonic */
  readonly now: () => number
  readonly tell: (message: FromWorker) => void
}

/** Looks at one picture after the other, and tells what is news. */
export function createLook({ decoder, pace, telling, ours, now, tell }: LookParts): (picture: Luma) => void {
  let searched: Sample | undefined
  return (picture) => {
    const at = now()
    const sample = sampleOf(picture)
    // against the last picture that was searched, so that slow movement adds up
    if (!pace.isSearched(searched === undefined || moved(searched, sample), at)) {
      tell({ kind: 'looked' })
      return
    }
    searched = sample
    const symbol = decoder.decode(picture, ours)
    const ms = now() - at
    if (symbol === undefined) {
      tell({ kind: 'looked', ms })
      return
    }
    const { text, corners } = symbol
    const isOur = ours(text)
    if (telling.isNews(text, isOur, at)) {
      tell(isOur ? { kind: 'read', text } : { kind: 'foreign', length: text.length, code: foreignCodeOf(text) })
    }
    tell({ kind: 'looked', ms, outline: { corners, ours: isOur, width: picture.width, height: picture.height } })
  }
}
