import type { accountsApi } from '../contract/office/accounts.ts'
import { auditHandlers } from './audit/handlers.ts'
import { linkHandlers } from './links/handlers.ts'
import { meHandlers } from './me/handlers.ts'
import type { AccountParts } from './parts.ts'
import { peopleHandlers } from './people/handlers.ts'
import type { OfficeHandlers } from './person.ts'
import { signInHandlers } from './sign-in/handlers.ts'

export function accountHandlers(parts: AccountParts): Pick<OfficeHandlers, keyof typeof accountsApi> {
  return {
    ...signInHandlers(parts),
    ...linkHandlers(parts),
    ...meHandlers(parts),
    ...peopleHandlers(parts),
    ...auditHandlers(parts),
  }
}
