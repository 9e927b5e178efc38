import { recordAudit, type Actor } from '../audit/audit.store.ts'
import { RequestProblem } from '../http/problem.ts'
import type { SignInParts } from './parts.ts'
import { checkPassword, hashPassword, holdPassword } from '../accounts/password-hash.io.ts'
import { mustAddSecondFactor, needsSecondFactor, type OfficeHandlers, type Person } from '../accounts/person.ts'
import {
  beginTotp,
  confirmTotp,
  newRecoveryCodes,
  removeSecondFactor,
  takeCode,
} from '../accounts/second-factor.store.ts'
import { cookieValue, SESSION_COOKIE } from '../accounts/session.ts'
import { endAllSessions, endOwnSession, personOf, sessionsOf } from '../accounts/sessions.store.ts'

type Names =
  | 'me'
  | 'changePassword'
  | 'setLocale'
  | 'beginTotp'
  | 'confirmTotp'
  | 'turnOffTotp'
  | 'newRecoveryCodes'
  | 'sessions'
  | 'endSession'
  | 'endOtherSessions'

const audited = (person: Person, action: string) => ({
  actor: { kind: 'person', accountId: person.accountId, role: 'self' } satisfies Actor,
  action,
  object: { kind: 'account', id: person.accountId },
})

/** What everybody does in their own affairs. */
export function meHandlers(parts: SignInParts): Pick<OfficeHandlers, Names> {
  const { sql, clock, demo, secrets, attempts, provider } = parts

  /** A code of the second factor in force, each once. @throws {RequestProblem} wrong-code, too-many-attempts */
  const checkCode = async ({ accountId }: Person, code: string): Promise<void> => {
    const counts = [{ limit: 'code', by: String(accountId) }] as const
    await attempts.take(counts)
    if (!(await takeCode(sql, accountId, code, secrets, clock()))) throw new RequestProblem('wrong-code')
    await attempts.giveBack(counts)
  }

  return {
    me: async ({ exchange }) => {
      const token = cookieValue(exchange.request.headers.cookie, SESSION_COOKIE)
      const person = await personOf(sql, token, clock(), demo)
      if (!person) return { me: null, provider: provider?.name ?? null }
      const { email, name, locale, grants, hasPassword } = person
      const secondFactor = mustAddSecondFactor(person) ? 'needed' : person.secondFactor
      return { me: { email, name, locale, grants, secondFactor, hasPassword }, provider: provider?.name ?? null }
    },
    changePassword: async ({ person, body }) => {
      const counts = [{ limit: 'place', by: `own ${person.accountId}` }] as const
      await attempts.take(counts)
      const account = await sql
        .selectFrom('accounts')
        .select(['id', 'password'])
        .where('id', '=', person.accountId)
        .executeTakeFirstOrThrow()
      if (account.password === null) throw new RequestProblem('no-password')
      const wrong = () => new RequestProblem('invalid-request', [{ field: 'current', message: 'password-wrong' }])
      if ((await checkPassword(body.current, account.password)) === 'wrong') throw wrong()
      await attempts.giveBack(counts)
      const password = await hashPassword(body.password)
      await sql.transaction().execute(async (tx) => {
        if (!(await holdPassword(tx, account))) throw wrong()
        await tx.updateTable('accounts').set({ password }).where('id', '=', person.accountId).execute()
        await endAllSessions(tx, person.accountId, clock(), person.sessionId)
        await recordAudit(tx, audited(person, 'password.change'))
      })
      return {}
    },
    setLocale: async ({ person, body: { locale } }) => {
      await sql.updateTable('accounts').set({ locale }).where('id', '=', person.accountId).execute()
      return {}
    },
    beginTotp: async ({ person }) => {
      // whoever finds a page left open would lock its owner out
      if (person.secondFactor === 'on') throw new RequestProblem('second-factor-stays')
      return beginTotp(sql, person, secrets)
    },
    confirmTotp: async ({ person, body: { code } }) => {
      const counts = [{ limit: 'code', by: String(person.accountId) }] as const
      await attempts.take(counts)
      const recoveryCodes = await sql.transaction().execute(async (tx) => {
        if (!(await confirmTotp(tx, person.accountId, code, secrets, clock()))) throw new RequestProblem('wrong-code')
        const codes = await newRecoveryCodes(tx, person.accountId, secrets)
        await endAllSessions(tx, person.accountId, clock(), person.sessionId)
        await recordAudit(tx, audited(person, 'second-factor.add'))
        return codes
      })
      await attempts.giveBack(counts)
      return { recoveryCodes }
    },
    turnOffTotp: async ({ person, body: { code } }) => {
      if (needsSecondFactor(person.grants)) throw new RequestProblem('second-factor-stays')
      await checkCode(person, code)
      await sql.transaction().execute(async (tx) => {
        await removeSecondFactor(tx, person.accountId)
        await recordAudit(tx, audited(person, 'second-factor.remove'))
      })
      return {}
    },
    newRecoveryCodes: async ({ person, body: { code } }) => {
      await checkCode(person, code)
      const recoveryCodes = await sql.transaction().execute(async (tx) => {
        const codes = await newRecoveryCodes(tx, person.accountId, secrets)
        await recordAudit(tx, audited(person, 'recovery-codes.make'))
        return codes
      })
      return { recoveryCodes }
    },
    sessions: async ({ person }) => ({ sessions: await sessionsOf(sql, person, clock()) }),
    endSession: async ({ person, params }) => {
      if (!(await endOwnSession(sql, person.accountId, params.id, clock()))) throw new RequestProblem('not-found')
      return {}
    },
    endOtherSessions: async ({ person }) => ({
      ended: await endAllSessions(sql, person.accountId, clock(), person.sessionId),
    }),
  }
}
