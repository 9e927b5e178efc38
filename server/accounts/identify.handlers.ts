import type { IncomingMessage } from 'node:http'
import { MAY_CALL, type Caller } from '../../contract/office/may-call.ts'
import type { Route } from '../../contract/http/route.ts'
import type { Sql } from '../db/pool.ts'
import { RequestProblem } from '../http/problem.ts'
import { checkSameOrigin } from '../http/same-origin.ts'
import { mustAddSecondFactor, type Person } from './person.ts'
import { cookieValue, SESSION_COOKIE } from './session.ts'
import { personOf } from './sessions.store.ts'

interface Parts {
  readonly sql: Sql
  readonly clock: () => Date
  readonly publicUrl: () => string
  readonly demo: boolean
}

/** All that a person may do who must add a second factor first: what leads there, and out. */
const BEFORE_SECOND_FACTOR: ReadonlySet<string> = new Set(['signOut', 'beginTotp', 'confirmTotp', 'setLocale'])

/**
 * Who calls a route of people, checked against the table of roles.
 * @throws {RequestProblem} cross-site, unauthenticated, second-factor-needed, forbidden
 */
export function identifier({ sql, clock, publicUrl, demo }: Parts) {
  return async (name: string, route: Route, request: IncomingMessage): Promise<Person | undefined> => {
    if (route.method !== 'get') checkSameOrigin(request, publicUrl())
    if (route.auth === 'none') return undefined
    const person = await personOf(sql, cookieValue(request.headers.cookie, SESSION_COOKIE), clock(), demo)
    if (!person) throw new RequestProblem('unauthenticated')
    if (mustAddSecondFactor(person) && !BEFORE_SECOND_FACTOR.has(name)) throw new RequestProblem('second-factor-needed')
    const callers: readonly Caller[] = Object.entries(MAY_CALL).find(([route]) => route === name)?.[1] ?? []
    const may = callers.includes('signed-in') || person.grants.some(({ role }) => callers.includes(role))
    if (!may) throw new RequestProblem('forbidden')
    return person
  }
}
