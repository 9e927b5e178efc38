import { z } from 'zod'
import { Id } from './id.ts'
import { Branch } from './venue-kind.ts'

/** What an account may act as; one account may hold several. */
export const Grant = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['operator', 'health', 'auditor']) }).readonly(),
  z.strictObject({ role: z.literal('coordinator'), branch: Branch }).readonly(),
  z.strictObject({ role: z.enum(['owner', 'staff']), participantId: Id }).readonly(),
])
export type Grant = z.infer<typeof Grant>
