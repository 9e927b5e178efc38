import { z } from 'zod'
import { DecisionRules } from '../decide/decide.ts'

/** Everything a kiosk must know of its place: the payload of a JWS with typ `dopusk-config+jws`. Versions only grow. */
export const DeviceConfig = z
  .strictObject({
    version: z.int().nonnegative(),
    issuedAt: z.iso.datetime(),
    venue: z.strictObject({ code: z.string().regex(/^[0-9A-Z-]{1,16}$/), name: z.string().min(1).max(200) }).readonly(),
    accessPoint: z
      .strictObject({ id: z.int().positive(), name: z.string().min(1).max(100), direction: z.enum(['entry', 'exit']) })
      .readonly(),
    listSalt: z
      .string()
      .regex(/^[\w-]{43}$/)
      .meta({ description: '32 bytes, base64url' }),
    rules: DecisionRules,
    mode: z
      .enum(['desk', 'self-service', 'turnstile'])
      .exactOptional()
      .meta({ description: 'what kind of door the Participant wants; absent: as the kiosk was set up' }),
  })
  .readonly()
  .meta({ id: 'DeviceConfig' })
export type DeviceConfig = z.infer<typeof DeviceConfig>
