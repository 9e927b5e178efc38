import { recordAudit } from '../audit/audit.store.ts'
import { RequestProblem } from '../http/problem.ts'
import { askerOf, beginSession } from './begin-session.store.ts'
import type { SignInParts } from './parts.ts'
import { checkPassword, hashPassword, holdPassword } from '../accounts/password-hash.io.ts'
import type { OfficeHandlers } from '../accounts/person.ts'
import { cookieHeader, SESSION_COOKIE } from '../accounts/session.ts'
import { digest, endSession } from '../accounts/sessions.store.ts'
import { takeCode } from '../accounts/second-factor.store.ts'
import { normalEmail } from '../accounts/accounts.store.ts'
import { countsOf } from './lockout.ts'
import { familiarity } from './attempts.store.ts'

export function signInHandlers(parts: SignInParts): Pick<OfficeHandlers, 'signIn' | 'signOut'> {
  const { sql, clock, publicUrl, demo, secrets, attempts } = parts
  return {
    signIn: async ({ body, exchange, setHeaders }) => {
      const now = clock()
      const asker = askerOf(exchange.request, parts)
      const email = normalEmail(body.email)
      const account = await sql
        .selectFrom('accounts')
        .select(['id', 'password', 'totp_secret', 'disabled_at', 'demo'])
        .where('email', '=', email)
        .executeTakeFirst()
      const known = await familiarity(sql, account?.id, asker, now)
      const device = digest(asker.deviceToken ?? '').toString('base64url')
      const counts = countsOf({ familiarity: known, email, network: asker.network, device })
      await attempts.take(counts)
      // asked of every address, also where nobody has it: the answer takes as long
      const verdict = await checkPassword(body.password, account?.password ?? null)
      const may = account && account.disabled_at === null && (!account.demo || demo)
      if (!may || verdict === 'wrong') throw new RequestProblem('wrong-credentials')
      // The first half of a sign-in with a second factor is no attempt at guessing the password: it was right.
      await attempts.giveBack(counts)
      if (account.totp_secret) {
        if (body.code === undefined) return { kind: 'code-needed' }
        const codes = [{ limit: 'code', by: String(account.id) }] as const
        await attempts.take(codes)
        if (!(await takeCode(sql, account.id, body.code, secrets, now))) throw new RequestProblem('wrong-code')
        await attempts.giveBack(codes)
      }
      const anew = verdict === 'right, hash anew' ? await hashPassword(body.password) : undefined
      const cookies = await sql.transaction().execute(async (tx) => {
        const held = await holdPassword(tx, account)
        // nor where a second factor was added just now, whose code nobody has asked for
        if (!held || (held.totp_secret && !account.totp_secret)) throw new RequestProblem('wrong-credentials')
        if (anew !== undefined) {
          await tx.updateTable('accounts').set({ password: anew }).where('id', '=', account.id).execute()
        }
        const begun = await beginSession(tx, account.id, asker, parts)
        await recordAudit(tx, {
          actor: { kind: 'person', accountId: account.id, role: 'self' },
          action: 'session.begin',
          object: { kind: 'account', id: account.id },
        })
        return begun
      })
      setHeaders({ 'set-cookie': cookies })
      return { kind: 'signed-in' }
    },
    signOut: async ({ person, setHeaders }) => {
      await endSession(sql, person.sessionId, clock())
      const secure = publicUrl().startsWith('https:')
      setHeaders({ 'set-cookie': cookieHeader(SESSION_COOKIE, '', 0, secure), 'clear-site-data': '"cache"' })
      return {}
    },
  }
}
