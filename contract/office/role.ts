/** operator: the IT centre; coordinator: of one branch; health: the authority; owner and staff: of one Participant. */
export const ROLES = ['operator', 'coordinator', 'health', 'auditor', 'owner', 'staff'] as const
export type Role = (typeof ROLES)[number]

/** Whoever sees many people's data or decides on venues signs in with two factors. */
export const TWO_FACTOR_ROLES: readonly Role[] = ['operator', 'coordinator', 'health', 'auditor']
