import { assertNever } from '../../../contract/assert-never.ts'
import type { FaultCode } from '../../preload/kiosk-api.ts'
import type { DeviceStanding } from '../../preload/setup-api.ts'

/** Why a terminal that knows nothing knows nothing. */
export function lackingOf(standing: DeviceStanding): FaultCode {
  switch (standing.kind) {
    case 'none':
    case 'enrolling':
    case 'confirming':
    case 'unknown':
      return 'not-enrolled'
    case 'pending':
      return 'awaits-approval'
    case 'revoked':
      return 'revoked'
    case 'enrolled':
    case 'working':
      return 'not-set-up'
    default:
      return assertNever(standing)
  }
}
