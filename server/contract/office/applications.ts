/** Applications of venues: the public form and the Coordinator's desk. */
export const applicationsApi = {} as const
