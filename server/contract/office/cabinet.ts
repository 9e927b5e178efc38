/** A Participant's cabinet. */
export const cabinetApi = {} as const
