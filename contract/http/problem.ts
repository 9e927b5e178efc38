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
      // 401: the device’s assertion is not good: its key is not known, or what it signed is not for us, not now or not new
      'invalid-client',
      // 403: enrolled, and waiting for a person to approve it
      'device-pending',
      // 403: mistyped, used, expired or never given: which of them is nobody’s business
      'enrolment-refused',
      // 403: the account's role asks for a second factor, and it has none yet
      'second-factor-needed',
      'forbidden',
      // 409: the thing is not in the state that this needs, perhaps since a moment ago, or the name is taken
      'conflict',
      // 403: another site's page asked
      'cross-site',
      // 401: no account with this address and this password
      'wrong-credentials',
      // 401: the second factor's code is wrong, over or used
      'wrong-code',
      // 403: the account signs in elsewhere, it has no password here
      'no-password',
      // 404: the link was used, is over, or never was
      'link-over',
      // 409: somebody must be able to run the system
      'last-operator',
      // 409: the account has come already, or may not come
      'not-invited',
      // 409: a role of the account asks for the second factor
      'second-factor-stays',
      // 429
      'too-many-attempts',
      'other-access-point',
      'unreadable-credential',
      'not-found',
      'method-not-allowed',
      // 409: the object is in a state by now where this cannot happen; `conflict` says which
      'moved-on',
      // 409: an application for the same venue is there already
      'duplicate-application',
      // 410: the link of a mail was replaced by a newer one, or is too old
      'link-outdated',
      // 415: the bytes are no PDF, JPEG or PNG
      'unsupported-file',
      // 409: no more files
      'too-many-files',
      // 429, with Retry-After
      'too-many-requests',
      // 409: it is being sent just now
      'mail-on-its-way',
      // 409: what stood in it is gone; make a new one
      'mail-forgotten',
      'unavailable',
      'internal',
    ]),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    /** of `moved-on`: where the object stands, since when, and who of the office brought it there */
    conflict: z.object({ state: z.string(), since: z.string().optional(), by: z.string().optional() }).optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
