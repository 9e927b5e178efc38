/** What a kiosk says of itself: how it is let in, how it proves who it is, and how it is. */
import { z } from 'zod'
import { EnrolmentCode } from './enrolment.ts'
import { plainText } from '../plain-text.ts'

/** Raw Ed25519 public key, base64url (RFC 8037 x). */
export const DevicePublicKey = z
  .string()
  .regex(/^[\w-]{43}$/)
  .meta({ description: 'raw Ed25519 public key, base64url (RFC 8037 x)' })

/** Numbers and points: what can be compared. */
const ProgramVersion = z.string().regex(/^\d{1,4}(?:\.\d{1,4}){1,2}(?:-[\w.]{1,20})?$/)

export const EnrolRequest = z
  .strictObject({
    code: EnrolmentCode,
    publicKey: DevicePublicKey,
    platform: plainText(60).meta({ description: 'operating system and processor' }),
  })
  .readonly()
  .meta({ id: 'EnrolRequest' })
export type EnrolRequest = z.infer<typeof EnrolRequest>

export const EnrolReply = z
  .strictObject({
    device: z.int().positive(),
    state: z.enum(['active', 'pending']).meta({ description: 'pending: until a person has approved it' }),
    audience: z.url().meta({ description: '`aud` of this device’s assertions' }),
    root: DevicePublicKey.optional().meta({
      description: 'who signs the key set; a kiosk with roots of its own compares, one without shows its fingerprint',
    }),
    venue: z.string(),
    accessPoint: z.string(),
  })
  .readonly()
  .meta({ id: 'EnrolReply' })
export type EnrolReply = z.infer<typeof EnrolReply>

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** Seconds between `iat` and `exp` of an assertion, at most. */
export const ASSERTION_LIVES = 60
/** Seconds that an access token is good for. */
export const TOKEN_LIVES = 600

const Assertion = z
  .string()
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  .max(2048)
  .meta({
    description:
      'JWT signed by the device’s key: header {alg: EdDSA, typ: JWT, kid: RFC 7638 thumbprint}, payload {iss, sub: the device’s number, aud, jti, iat, exp}',
  })

/** RFC 7523 §2.2: the fields of OAuth, in JSON. */
export const TokenRequest = z
  .strictObject({
    grant_type: z.literal('client_credentials'),
    client_assertion_type: z.literal(ASSERTION_TYPE),
    client_assertion: Assertion,
  })
  .readonly()
  .meta({ id: 'TokenRequest' })

export const TokenReply = z
  .strictObject({
    access_token: z.string().max(2048),
    token_type: z.literal('Bearer'),
    expires_in: z.int().positive().meta({ description: 'seconds' }),
  })
  .readonly()
  .meta({ id: 'TokenReply' })

/** The old key signs for the new one, so that a stolen token cannot take a device over. */
export const RotateRequest = z
  .strictObject({
    assertion: Assertion.meta({ description: 'as for a token, with a claim `next`: the new public key' }),
  })
  .readonly()
  .meta({ id: 'RotateRequest' })

/** As a database holds them: years from 1970, and 31 bits. */
const Instant = z.iso.datetime().refine((text) => Date.parse(text) >= 0, 'a time since 1970')
const Count = z.int().nonnegative().max(2_147_483_647)

const READER_KINDS = ['wedge', 'serial', 'camera', 'hid'] as const

/** Every minute or so. A kiosk says how it is; what is wrong with that, the server judges. */
export const Heartbeat = z
  .strictObject({
    seq: z.int().positive().meta({ description: 'from 1, since the kiosk was started' }),
    startedAt: Instant,
    version: ProgramVersion,
    runtime: plainText(100).meta({ description: 'Electron, Node, operating system' }),
    mode: z.enum(['self-service', 'turnstile', 'desk']),
    queue: z
      .strictObject({
        waiting: Count,
        dead: Count,
        oldest: Instant.optional().meta({ description: 'of what was not sent yet' }),
        fill: z.number().nonnegative().meta({ description: 'how much of its room or days is taken; 1: full' }),
        last: Count.meta({ description: 'number of the newest event' }),
      })
      .readonly(),
    unrecorded: Count.meta({ description: 'visits that could not be written since the start' }),
    denyList: z.strictObject({ epoch: z.int(), version: z.int(), confirmedAt: Instant }).readonly().optional(),
    keySet: z.int().optional(),
    config: z.int().optional(),
    clock: z
      .strictObject({
        offset: z
          .number()
          .optional()
          .meta({ description: 'ms, the server’s minus the device’s; absent: never synchronised' }),
        uncertainty: z.number().nonnegative().optional(),
        trust: z.enum(['good', 'never-synced', 'jumped', 'synced-long-ago', 'behind']),
      })
      .readonly(),
    readers: z
      .array(
        z
          .strictObject({
            kind: z.enum(READER_KINDS),
            name: plainText(200),
            live: z.boolean(),
            lastRead: Instant.optional(),
          })
          .readonly(),
      )
      .max(16)
      .readonly(),
    disk: z.number().min(0).max(1).optional().meta({ description: 'of the volume of the data folder, taken' }),
    warnings: z
      .array(z.string().regex(/^[a-z-]{1,40}$/))
      .max(16)
      .readonly(),
  })
  .readonly()
  .meta({ id: 'Heartbeat' })
export type Heartbeat = z.infer<typeof Heartbeat>

export const HeartbeatReply = z
  .strictObject({
    rotateKey: z.boolean().meta({ description: 'a person wants another key in this device' }),
    nextIn: z.int().positive().meta({ description: 'seconds' }),
  })
  .readonly()
  .meta({ id: 'HeartbeatReply' })
export type HeartbeatReply = z.infer<typeof HeartbeatReply>
