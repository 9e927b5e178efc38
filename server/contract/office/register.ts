/** The Operator's register. */
export const registerApi = {} as const
