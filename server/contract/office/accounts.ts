import { accountApi } from './accounts/account.ts'
import { auditApi } from './accounts/audit.ts'
import { peopleApi } from './accounts/people.ts'

/** Accounts, sessions, invitations, the audit log. */
export const accountsApi = { ...accountApi, ...peopleApi, ...auditApi } as const
