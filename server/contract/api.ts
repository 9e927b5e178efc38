/** The contract: what the server checks, what the client's types are, and what /openapi.json says. */
import { z } from 'zod'
import { AdmissionDecision, AdmissionRequest, EventBatch, EventVerdicts } from './admission.ts'
import { DenyListManifest } from './deny-list.ts'
import { DeviceConfig } from './device-config.ts'
import { KeySet } from './keys.ts'

export interface Route {
  readonly method: 'get' | 'post'
  readonly path: string
  readonly summary: string
  readonly params?: z.ZodObject
  readonly body?: z.ZodType
  /** bytes of JSON that are read before the request is refused with 413 */
  readonly bodyLimit?: number
  readonly reply: z.ZodType | 'binary'
  readonly auth: 'device' | 'none'
}
const route = <const R extends Route>(declaration: R): R => declaration

const Version = z.coerce.number().int().nonnegative()

export const api = {
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
    summary: 'The place and rules of the asking device',
    reply: DeviceConfig,
    auth: 'device',
  }),
  keySet: route({ method: 'get', path: '/v1/keys', summary: 'Public keys of passes', reply: KeySet, auth: 'none' }),
  denyListManifest: route({
    method: 'get',
    path: '/v1/deny-list/manifest',
    summary: 'The newest deny list: version, size, digest',
    reply: DenyListManifest,
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
} as const
export type Api = typeof api
