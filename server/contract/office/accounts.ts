/** Accounts, sessions, invitations, the audit log. */
export const accountsApi = {} as const
