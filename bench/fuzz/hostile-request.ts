/** Requests to every endpoint of the contract and to what is beside them: right ones, slightly and wildly wrong ones. */
import { z } from 'zod'
import { EventEnvelope } from '../../contract/kiosk/admission.ts'
import { api } from '../../contract/kiosk/api.ts'
import type { Route } from '../../contract/http/route.ts'
import type { ServerKey } from '../../contract/kiosk/keys.ts'
import { brokenText, brokenValue } from './broken-value.ts'
import { passMutations } from './pass-mutations.ts'
import type { Random } from './random.ts'
import { sealed, sealedEvent } from './seal.ts'
import { validValue, type Fitting } from './valid-value.ts'

export interface HostileRequest {
  readonly how: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

export interface Place {
  token: string
  readonly passes: readonly string[]
  readonly accessPoint: number
  readonly sealKey: Pick<ServerKey, 'kid' | 'publicKey'>
}

const Subject = z.object({ id: z.string() })
const Identified = z
  .object({ event: z.union([z.object({ request: Subject }), z.object({ resolution: Subject })]) })
  .transform(({ event }) => ('request' in event ? event.request.id : event.resolution.id))

const mutations = Object.values(passMutations)

/** UUIDv7 of about now, or of any time. */
function admissionId(random: Random): string {
  const at = random.once(10) ? random.below(2 ** 32) * 60_000 : Date.now() - random.below(3 * 86_400_000)
  const time = (at % 2 ** 48).toString(16).padStart(12, '0')
  const tail = Buffer.from(random.bytes(10)).toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-${random.pick(['8', '9', 'a', 'b'])}${tail.slice(3, 6)}-${tail.slice(6, 18)}`
}

function fittingIn({ passes, accessPoint, sealKey }: Place): Fitting {
  const time = (random: Random): string => new Date(Date.now() - random.below(2 * 86_400_000)).toISOString()
  const fitting: Fitting = {
    id: admissionId,
    accessPoint: (random) => (random.once(10) ? random.below(2 ** 31) : accessPoint),
    credential: (random) => (random.once(2) ? random.pick(passes) : random.pick(mutations)(random).slice(0, 400)),
    presentedAt: time,
    at: time,
  }
  const envelope: z.ZodType = EventEnvelope
  const event = (random: Random): unknown => {
    const plain = validValue(envelope, random, fitting)
    const inside = random.once(5) ? brokenValue(plain, random) : plain
    const id = random.once(10) ? undefined : Identified.safeParse(plain).data
    return sealedEvent(id ?? admissionId(random), 1 + random.below(300), sealed(sealKey, inside, random))
  }
  return {
    ...fitting,
    events: (random) => Array.from({ length: 1 + random.below(5) }, () => event(random)),
  }
}

const routes = Object.values(api) as readonly Route[]
const besides = [
  '/',
  '/openapi.json',
  '/docs',
  '/healthz',
  '/readyz',
  '/metrics',
  '/v1',
  '/v1/admissions/',
  '/%',
  '/%00',
  '//x',
]

export function hostileRequest(random: Random, place: Place): HostileRequest {
  if (random.once(12)) {
    const method = random.pick(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])
    return { how: 'beside the contract', method, path: random.pick(besides), headers: {} }
  }
  const route = random.pick(routes)
  const headers: Record<string, string> = { authorization: `Bearer ${place.token}` }
  const how: string[] = []
  if (random.once(12)) {
    how.push('authorization')
    const wrong = ['', 'Bearer', 'Bearer x', 'Basic YTpi', `Bearer ${place.token}x`, `Bearer ${'x'.repeat(9000)}`]
    headers['authorization'] = random.pick(wrong)
  }
  const path = route.path.replace(/:\w+/g, () =>
    random.once(2)
      ? String(random.below(5))
      : random.pick(['-1', '1e9', '0x1', '%00', '%2f', '%ff', '9'.repeat(30), 'a b', 'NaN', '..'].map(encodeUnsafe)),
  )
  const query = random.once(10) ? `?x=${encodeURIComponent(Buffer.from(random.bytes(20)).toString('latin1'))}` : ''
  const method = random.once(20) ? random.pick(['get', 'post', 'put', 'head']) : route.method
  const request = { method: method.toUpperCase(), path: path + query, headers }
  if (!route.body || route.body === 'file') return { ...request, how: `${route.path} ${how.join(' ')}`.trim() }
  const body = bodyFor(route.body, random, place, headers, how)
  return { ...request, how: `${route.path} ${how.join(' ') || 'valid'}`, body }
}

const encodeUnsafe = (part: string): string => part.replaceAll(' ', '%20')

function bodyFor(
  schema: z.ZodType,
  random: Random,
  place: Place,
  headers: Record<string, string>,
  how: string[],
): Uint8Array {
  headers['content-type'] = 'application/json'
  const valid = validValue(schema, random, fittingIn(place))
  if (random.once(3)) return Buffer.from(JSON.stringify(valid))
  if (random.once(8)) {
    how.push('headers')
    const types = ['text/plain', 'application/xml', '', 'application/json; charset=utf-16', 'application/json;', 'json']
    if (random.once(2)) headers['content-type'] = random.pick(types)
    else headers['content-encoding'] = random.pick(['gzip', 'br', 'identity', 'x'])
    return Buffer.from(JSON.stringify(valid))
  }
  if (random.once(4)) {
    how.push('broken text')
    return brokenText(JSON.stringify(valid), random)
  }
  how.push('broken value')
  return Buffer.from(JSON.stringify(brokenValue(valid, random)))
}
