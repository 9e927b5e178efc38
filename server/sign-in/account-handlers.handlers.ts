import type { accountsApi } from '../../contract/office/accounts.ts'
import { auditHandlers } from '../accounts/audit.handlers.ts'
import { linkHandlers } from './links.handlers.ts'
import { meHandlers } from './me.handlers.ts'
import type { SignInParts } from './parts.ts'
import { peopleHandlers } from '../accounts/people.handlers.ts'
import type { OfficeHandlers } from '../accounts/person.ts'
import { signInHandlers } from './sign-in.handlers.ts'

export function accountHandlers(parts: SignInParts): Pick<OfficeHandlers, keyof typeof accountsApi> {
  return {
    ...signInHandlers(parts),
    ...linkHandlers(parts),
    ...meHandlers(parts),
    ...peopleHandlers(parts),
    ...auditHandlers(parts),
  }
}
