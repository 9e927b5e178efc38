/** Mails and their delivery. */
export const mailApi = {} as const
