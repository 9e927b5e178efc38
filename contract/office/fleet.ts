/** Enrolment and the state of kiosks, for the Operator and, of their own venues, for Participants. */
import { z } from 'zod'
import { Heartbeat } from '../kiosk/devices.ts'
import { plainText } from '../plain-text.ts'
import { route } from '../http/route.ts'
import { Id, IdParam, IdText } from './id.ts'
import { tablePage, tableQuery } from './page.ts'

/** What is wrong with a kiosk; the gravest first. */
export const Alarm = z.enum([
  'offline',
  'unsent-old',
  'disk-full',
  'no-reader',
  'list-old',
  'clock',
  'distrust',
  'dead-letters',
  'keys-unprotected',
  'version-behind',
])
export type Alarm = z.infer<typeof Alarm>

export const DeviceState = z.enum(['pending', 'active', 'revoked'])
export type DeviceState = z.infer<typeof DeviceState>

const Instant = z.iso.datetime()
const DeviceName = plainText(100).min(1)
const params = IdParam

export const FleetDevice = z
  .strictObject({
    id: Id,
    name: z.string(),
    venue: z.strictObject({ id: Id, code: z.string(), name: z.string() }).readonly(),
    accessPoint: z.strictObject({ id: Id, name: z.string(), direction: z.enum(['entry', 'exit']) }).readonly(),
    state: DeviceState,
    alarms: z.array(Alarm).readonly(),
    platform: z.string(),
    createdAt: Instant,
    /** of its last heartbeat; null: never heard of */
    seenAt: Instant.nullable(),
    report: Heartbeat.nullable(),
  })
  .readonly()
export type FleetDevice = z.infer<typeof FleetDevice>

export const DeviceDetails = z
  .strictObject({
    device: FleetDevice,
    /** of its key, as it stands on the kiosk's own screen; null: it has none any more */
    fingerprint: z.string().nullable(),
    keyMadeAt: Instant,
    rotationAsked: z.boolean(),
    approvedAt: Instant.nullable(),
    revoked: z.strictObject({ at: Instant, reason: z.string().nullable() }).readonly().nullable(),
    reports: z
      .array(z.strictObject({ at: Instant, alarms: z.array(Alarm).readonly(), report: Heartbeat }).readonly())
      .readonly(),
  })
  .readonly()
export type DeviceDetails = z.infer<typeof DeviceDetails>

const Codes = z
  .array(
    z
      .strictObject({
        id: Id,
        venue: z.string(),
        accessPoint: z.string(),
        name: z.string(),
        approved: z.boolean(),
        expiresAt: Instant,
      })
      .readonly(),
  )
  .readonly()

/** A code that was just made: shown once. */
export const MadeCode = z
  .strictObject({
    id: Id,
    /** as it is typed: K7Q2-M9XD-4TBC */
    code: z.string(),
    /** what the QR code says */
    text: z.string(),
    /** its dark modules, as the `d` of an SVG path in a square of `size` */
    qr: z.strictObject({ size: z.int().positive(), path: z.string() }).readonly(),
    expiresAt: Instant,
    approved: z.boolean(),
    /** of the root that signs what kiosks believe, to be compared with the kiosk's screen */
    rootFingerprint: z.string().nullable(),
  })
  .readonly()
export type MadeCode = z.infer<typeof MadeCode>

export const NewCode = z.strictObject({ accessPoint: Id, name: DeviceName })
export const Renaming = z.strictObject({ name: DeviceName })
export const Revocation = z.strictObject({ reason: plainText(200).min(3) })
const Done = z.strictObject({ done: z.literal(true) })

export const FLEET_COLUMNS = ['attention', 'name', 'venue', 'version', 'seenAt', 'unsent', 'waiting'] as const

const counted = <Key extends z.ZodType<string>>(key: Key) =>
  z.array(z.strictObject({ key, count: z.int().nonnegative() }).readonly()).readonly()

export const fleetApi = {
  fleetDevices: route({
    method: 'get',
    path: '/api/fleet/devices',
    summary: 'Kiosks with how they are; those that need a person first',
    query: tableQuery(FLEET_COLUMNS).extend({
      alarm: Alarm.optional(),
      state: DeviceState.optional(),
      version: plainText(40).optional(),
      venue: IdText.optional(),
    }),
    reply: tablePage(FleetDevice),
    auth: 'person',
  }),
  fleetSummary: route({
    method: 'get',
    path: '/api/fleet/summary',
    summary: 'How many kiosks are in which state, have which alarm and which version',
    reply: z
      .strictObject({ states: counted(DeviceState), alarms: counted(Alarm), versions: counted(z.string()) })
      .readonly(),
    auth: 'person',
  }),
  fleetDevice: route({
    method: 'get',
    path: '/api/fleet/devices/:id',
    summary: 'One kiosk and what it last reported',
    params,
    reply: DeviceDetails,
    auth: 'person',
  }),
  approveDevice: route({
    method: 'post',
    path: '/api/fleet/devices/:id/approve',
    summary: 'A device that was enrolled may begin',
    params,
    reply: Done,
    auth: 'person',
  }),
  revokeDevice: route({
    method: 'post',
    path: '/api/fleet/devices/:id/revoke',
    summary: 'Strikes a device off, at once: it wipes what it knows',
    params,
    body: Revocation,
    bodyLimit: 2048,
    reply: Done,
    auth: 'person',
  }),
  renameDevice: route({
    method: 'post',
    path: '/api/fleet/devices/:id/rename',
    summary: 'Another name for a device',
    params,
    body: Renaming,
    bodyLimit: 2048,
    reply: Done,
    auth: 'person',
  }),
  askForRotation: route({
    method: 'post',
    path: '/api/fleet/devices/:id/rotate',
    summary: 'The device is to make another key at its next heartbeat',
    params,
    reply: Done,
    auth: 'person',
  }),
  makeEnrolmentCode: route({
    method: 'post',
    path: '/api/fleet/codes',
    summary: 'A code that lets one device in; told once',
    body: NewCode,
    bodyLimit: 2048,
    reply: MadeCode,
    auth: 'person',
  }),
  enrolmentCodes: route({
    method: 'get',
    path: '/api/fleet/codes',
    summary: 'Codes that nobody has used yet, without the codes themselves',
    reply: z.strictObject({ codes: Codes }).readonly(),
    auth: 'person',
  }),
  cancelEnrolmentCode: route({
    method: 'post',
    path: '/api/fleet/codes/:id/cancel',
    summary: 'Takes an unused code back',
    params,
    reply: Done,
    auth: 'person',
  }),
  fleetPlaces: route({
    method: 'get',
    path: '/api/fleet/places',
    summary: 'Access points that a device may be enrolled at',
    query: z.strictObject({ search: plainText(200).optional() }),
    reply: z
      .strictObject({
        places: z
          .array(
            z
              .strictObject({
                accessPoint: Id,
                name: z.string(),
                venue: z.strictObject({ id: Id, name: z.string() }).readonly(),
              })
              .readonly(),
          )
          .readonly(),
      })
      .readonly(),
    auth: 'person',
  }),
} as const
