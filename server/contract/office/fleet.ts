/** Enrolment and the state of kiosks. */
export const fleetApi = {} as const
