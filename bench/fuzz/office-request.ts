/** What pages say, by anybody and by whoever may: right values, and slightly and wildly wrong ones. */
import { z } from 'zod'
import { officeApi } from '../../contract/office/api.ts'
import { MAY_CALL, type Caller } from '../../contract/office/may-call.ts'
import type { Role } from '../../contract/office/role.ts'
import { BRANCH_OF } from '../../contract/office/venue-kind.ts'
import type { Route } from '../../contract/http/route.ts'
import { cafeForm } from '../../server/testing/application-forms.ts'
import { brokenText, brokenValue } from './broken-value.ts'
import type { HostileRequest } from './hostile-request.ts'
import type { Random } from './random.ts'
import { validValue, type Fitting } from './valid-value.ts'

export interface Session {
  readonly role: Role
  /** of a Cookie header */
  readonly cookie: string
}

const routes: readonly (readonly [name: string, route: Route])[] = Object.entries(officeApi)
const callers: Readonly<Record<string, readonly Caller[]>> = MAY_CALL

/** What would end something that the other requests stand on: asked of what is not there, or by nobody. */
const ENDS: readonly string[] = [
  'signOut',
  'endSession',
  'endOtherSessions',
  'disablePerson',
  'endPersonSessions',
  'resetSecondFactor',
  'removeGrant',
  'revokeDevice',
  'closeVenue',
  'retireAccessPoint',
]

const odd: readonly string[] = [
  '\0',
  'a\0b',
  '\u202eabc',
  '%',
  '_',
  '\\',
  "' or 1=1 --",
  'ё',
  '\u3300'.repeat(60),
  '\ufdfa'.repeat(60),
  '\u{20000}'.repeat(60),
  'İ'.repeat(100),
  '-',
  '9'.repeat(30),
  '1e9',
  '2147483648',
  '0000-01-01',
  '9999-12-31',
]

function fittingOf(random: Random): Fitting {
  const form = cafeForm(random.below(40))
  const kind = random.pick(['cafe', 'museum'] as const)
  const venue = { name: `Место ${random.below(20)}`, kind, address: `Ставрополь, Мира, ${random.below(20)}` }
  const point = { name: `Вход ${random.below(9)}`, direction: random.pick(['entry', 'exit'] as const) }
  const fields = Object.entries(form).filter(([name]) => name !== 'venues' && name !== 'address')
  const { venues: _venues, ...organisation } = form
  return {
    ...Object.fromEntries(fields.map(([name, value]) => [name, () => value])),
    form: () => ({ ...form, venues: [{ ...venue, kind: 'cafe' }] }),
    organisation: () => random.pick<unknown>([organisation, form.organisation]),
    venues: () => [{ ...venue, municipality: 'Ставрополь', accessPoints: [point] }],
    name: () => form.headName,
    address: () => venue.address,
    accessPoint: () => 1 + random.below(3),
    participantId: () => 1 + random.below(3),
    application: () => random.pick([null, { id: 1 + random.below(5), version: 1 + random.below(3) }]),
    branch: () => BRANCH_OF[kind],
    from: () => '2026-11-01',
    until: () => '2026-11-30',
    search: () => random.pick(odd),
  }
}

/** Half a character cannot be written in an address: it becomes U+FFFD. */
function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return encodeURIComponent(Buffer.from(text).toString())
}

export function officeRequest(random: Random, origin: string, sessions: readonly Session[]): HostileRequest {
  const [name, route] = random.pick(routes)
  const how: string[] = []
  const headers: Record<string, string> = { origin, 'x-forwarded-for': Array.from(random.bytes(4)).join('.') }
  if (route.path.startsWith('/api/join')) {
    headers['authorization'] = `Bearer fuzz${String(random.below(20)).padStart(18, '0')}`
    headers['x-forwarded-for'] = `10.9.9.${random.below(99)}`
  }
  const able = sessions.filter(({ role }) => callers[name]?.some((caller) => caller === role || caller === 'signed-in'))
  const ends = ENDS.includes(name)
  const session = random.once(8) || able.length === 0 ? undefined : random.pick(able)
  if (session && !(ends && !route.path.includes(':'))) headers['cookie'] = session.cookie
  else if (route.auth === 'person') how.push('by nobody')

  const path = route.path.replaceAll(/:\w+/g, () => {
    if (random.once(6)) return encoded(random.pick(odd))
    return String(ends ? 1_000_000 + random.below(9) : 1 + random.below(6))
  })
  const fitting = fittingOf(random)
  const query = route.query ? queryOf(validValue(route.query, random, fitting), random) : ''
  const request = { method: route.method.toUpperCase(), path: path + query, headers }
  if (!route.body) return { ...request, how: `${name} ${how.join(' ')}`.trim() }
  if (route.body === 'file') {
    headers['x-file-name'] = encoded(random.pick(['a.csv', ...odd]))
    headers['content-type'] = random.pick(['text/csv', 'application/pdf', 'x'])
    const begin = random.pick(['', '%PDF-1.7\n', 'ИНН;Организация\n', 'PK\u0003\u0004'])
    return { ...request, how: `${name} file`, body: Buffer.concat([Buffer.from(begin), random.bytes(200)]) }
  }
  headers['content-type'] = 'application/json'
  const valid = validValue(route.body, random, fitting)
  return { ...request, ...bodyOf(valid, random, [name, ...how]) }
}

function queryOf(valid: unknown, random: Random): string {
  const pairs = Object.entries(z.record(z.string(), z.unknown()).parse(valid)).map(
    ([key, value]) => `${encodeURIComponent(key)}=${encoded(random.once(4) ? random.pick(odd) : value)}`,
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function bodyOf(valid: unknown, random: Random, how: readonly string[]): Pick<HostileRequest, 'how' | 'body'> {
  if (random.once(3)) return { how: `${how.join(' ')} valid`, body: Buffer.from(JSON.stringify(valid)) }
  if (random.once(6)) return { how: `${how.join(' ')} broken text`, body: brokenText(JSON.stringify(valid), random) }
  return {
    how: `${how.join(' ')} broken value`,
    body: Buffer.from(JSON.stringify(brokenValue(valid, random))),
  }
}
