import { z } from 'zod'

/** Every error is application/problem+json (RFC 9457) with a stable `code`; `errors` name the fields. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum([
      'malformed-json',
      'invalid-request',
      'body-too-large',
      'unsupported-media-type',
      'unauthenticated',
      // with 401 or 403: this device was struck off; it wipes what it knows and keeps its sealed queue
      'device-revoked',
      // 403: the account's role asks for a second factor, and it has none yet
      'second-factor-needed',
      'forbidden',
      // 403: another site's page asked
      'cross-site',
      'other-access-point',
      'unreadable-credential',
      'not-found',
      'method-not-allowed',
      'unavailable',
      'internal',
    ]),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
