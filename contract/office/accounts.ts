import { accountApi } from './account.ts'
import { auditApi } from './audit.ts'
import { peopleApi } from './people.ts'

/** Accounts, sessions, invitations, the audit log. */
export const accountsApi = { ...accountApi, ...peopleApi, ...auditApi } as const
