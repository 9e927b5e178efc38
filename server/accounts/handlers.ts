import type { accountsApi } from '../contract/office/accounts.ts'
import type { Sql } from '../db/pool.ts'
import { mustAddSecondFactor, type OfficeHandlers } from './person.ts'
import { cookieHeader, cookieValue, SESSION_COOKIE } from './sessions/session.ts'
import { endSession, personOf } from './sessions/store.ts'

interface Parts {
  readonly sql: Sql
  readonly clock: () => Date
  readonly publicUrl: () => string
  readonly demo: boolean
}

export function accountHandlers({
  sql,
  clock,
  publicUrl,
  demo,
}: Parts): Pick<OfficeHandlers, keyof typeof accountsApi> {
  const secure = (): boolean => publicUrl().startsWith('https:')
  return {
    me: async ({ exchange }) => {
      const token = cookieValue(exchange.request.headers.cookie, SESSION_COOKIE)
      const person = await personOf(sql, token, clock(), demo)
      if (!person) return { me: null }
      const { email, name, locale, grants } = person
      const secondFactor = mustAddSecondFactor(person) ? 'needed' : person.secondFactor
      return { me: { email, name, locale, grants, secondFactor } }
    },
    signOut: async ({ person, setHeaders }) => {
      await endSession(sql, person.sessionId, clock())
      setHeaders({ 'set-cookie': cookieHeader(SESSION_COOKIE, '', 0, secure()) })
      return {}
    },
  }
}
