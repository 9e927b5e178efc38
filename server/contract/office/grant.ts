import { z } from 'zod'
import { Branch } from './venue-kind.ts'

/** What an account may act as; one account may hold several. */
export const Grant = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['operator', 'health', 'auditor']) }).readonly(),
  z.strictObject({ role: z.literal('coordinator'), branch: Branch }).readonly(),
  z.strictObject({ role: z.enum(['owner', 'staff']), participantId: z.int().positive() }).readonly(),
])
export type Grant = z.infer<typeof Grant>
