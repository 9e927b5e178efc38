/** The contract: what the server checks, what the client's types are, and what /openapi.json says. */
import { z } from 'zod'
import { AdmissionDecision, AdmissionRequest, EventBatch, EventVerdicts } from './admission.ts'
import {
  EnrolReply,
  EnrolRequest,
  Heartbeat,
  HeartbeatReply,
  RotateRequest,
  TokenReply,
  TokenRequest,
} from './devices.ts'
import { SignedDocument } from './keys.ts'
import { route } from '../http/route.ts'

const Version = z.coerce.number().int().nonnegative()

export const api = {
  enrol: route({
    method: 'post',
    path: '/v1/devices/enrol',
    summary: 'A one-time code and a public key become a device; sent again with the same key, the same device',
    body: EnrolRequest,
    bodyLimit: 4096,
    reply: EnrolReply,
    auth: 'none',
  }),
  token: route({
    method: 'post',
    path: '/v1/token',
    summary: 'A device proves who it is (RFC 7523 private_key_jwt) and gets an access token for ten minutes',
    body: TokenRequest,
    bodyLimit: 4096,
    reply: TokenReply,
    auth: 'none',
  }),
  rotateDeviceKey: route({
    method: 'post',
    path: '/v1/devices/key',
    summary: 'Another key for the asking device; the old one and its tokens are worth nothing from then on',
    body: RotateRequest,
    bodyLimit: 4096,
    reply: TokenReply,
    auth: 'device',
  }),
  heartbeat: route({
    method: 'post',
    path: '/v1/heartbeat',
    summary: 'How the asking device is',
    body: Heartbeat,
    bodyLimit: 16 * 1024,
    reply: HeartbeatReply,
    auth: 'device',
  }),
  admit: route({
    method: 'post',
    path: '/v1/admissions',
    summary: 'Admit or refuse a person now; answered after the visit is committed',
    body: AdmissionRequest,
    bodyLimit: 4096,
    reply: AdmissionDecision,
    auth: 'device',
  }),
  recordEvents: route({
    method: 'post',
    path: '/v1/events',
    summary: 'Record what happened while the server could not be asked; one verdict an event, repeating is safe',
    body: EventBatch,
    bodyLimit: 512 * 1024,
    reply: EventVerdicts,
    auth: 'device',
  }),
  deviceConfig: route({
    method: 'get',
    path: '/v1/config',
    summary: 'The place and rules of the asking device: a signed DeviceConfig',
    reply: SignedDocument,
    auth: 'device',
  }),
  keySet: route({
    method: 'get',
    path: '/v1/keys',
    summary: 'Who may sign what: a KeySet signed by the root',
    reply: SignedDocument,
    auth: 'none',
  }),
  denyListManifest: route({
    method: 'get',
    path: '/v1/deny-list/manifest',
    summary: 'The newest deny list: a signed DenyListManifest',
    reply: SignedDocument,
    auth: 'device',
  }),
  denyListSnapshot: route({
    method: 'get',
    path: '/v1/deny-list/snapshot/:epoch/:version',
    summary: 'A whole deny list: sorted 8-byte entries, immutable',
    params: z.strictObject({ epoch: Version, version: Version }),
    reply: 'binary',
    auth: 'device',
  }),
  denyListDelta: route({
    method: 'get',
    path: '/v1/deny-list/delta/:epoch/:from/:to',
    summary: 'What changed between two versions of a list, immutable',
    params: z.strictObject({ epoch: Version, from: Version, to: Version }),
    reply: 'binary',
    auth: 'device',
  }),
  stream: route({
    method: 'get',
    path: '/v1/stream',
    summary: 'Server-sent events: the newest versions, at once and at each change',
    reply: 'event-stream',
    auth: 'device',
  }),
} as const

/** `data` of a `versions` event of the stream: what is newest. A kiosk that holds less asks for it. */
export const Versions = z
  .strictObject({
    keys: z.int().nonnegative(),
    config: z.int().nonnegative(),
    denyList: z.strictObject({ epoch: z.int().positive(), version: z.int().nonnegative() }).readonly(),
  })
  .readonly()
  .meta({ id: 'Versions' })
export type Versions = z.infer<typeof Versions>

/** On every reply: the server's time, milliseconds since 1970 (Cristian's method), and the newest list, `epoch.version`. */
export const HEADERS = { serverTime: 'x-server-time', denyList: 'x-deny-list' } as const

export type Api = typeof api
