/** When a terminal is to be enrolled at set-up, and by which codes: pure. */
import { assertNever } from '../../../contract/assert-never.ts'
import { ENROLMENT_PREFIX, readEnrolment, type Enrolment } from '../../../contract/kiosk/enrolment.ts'
import type { DeviceStanding } from '../../preload/setup-api.ts'

/** Whether set-up begins with the step of the code. */
export function needsCode(standing: DeviceStanding, bringsCode: boolean): boolean {
  switch (standing.kind) {
    case 'working':
    case 'enrolled':
      return false
    case 'none':
    case 'enrolling':
      return !bringsCode || standing.trouble !== undefined
    case 'confirming':
    case 'pending':
    case 'unknown':
    case 'revoked':
      return true
    default:
      return assertNever(standing)
  }
}

/**
 * Whether set-up that is under way goes to the step of the code: only a new code helps. Where the terminal waits, for an
 * answer or for the Operator, the rest can be set up meanwhile.
 */
export function isCodeMissed(standing: DeviceStanding): boolean {
  switch (standing.kind) {
    case 'unknown':
    case 'revoked':
      return true
    case 'none':
      return standing.trouble !== undefined
    case 'enrolling':
    case 'confirming':
    case 'enrolled':
    case 'pending':
    case 'working':
      return false
    default:
      return assertNever(standing)
  }
}

/** A code that lies about must not enrol anew a terminal that is enrolled, or about to be. */
export function isStranger(standing: DeviceStanding): boolean {
  switch (standing.kind) {
    case 'none':
    case 'unknown':
    case 'revoked':
      return true
    case 'enrolling':
      return standing.trouble !== undefined
    case 'confirming':
    case 'enrolled':
    case 'pending':
    case 'working':
      return false
    default:
      return assertNever(standing)
  }
}

/** Whatever prefix the scanner puts before it: none has been learnt on the first run. */
export const enrolmentIn = (text: string): Enrolment | undefined =>
  readEnrolment(text.slice(Math.max(0, text.indexOf(ENROLMENT_PREFIX))))
