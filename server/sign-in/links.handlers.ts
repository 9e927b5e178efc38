import { recordAudit, type Actor } from '../audit/audit.store.ts'
import { RequestProblem } from '../http/problem.ts'
import { enqueueMail } from '../mail/mail.store.ts'
import { askerOf, beginSession, knowDevice } from './begin-session.store.ts'
import type { SignInParts } from './parts.ts'
import { hashPassword } from '../accounts/password-hash.io.ts'
import type { OfficeHandlers } from '../accounts/person.ts'
import { endAllSessions } from '../accounts/sessions.store.ts'
import { addGrant, linkTo, normalEmail } from '../accounts/accounts.store.ts'
import { expiryOf, newLink, readLink, takeLink } from '../accounts/links.store.ts'

type Names = 'readLink' | 'acceptInvitation' | 'becomeFirstOperator' | 'askReset' | 'resetPassword'

const self = (accountId: number): Actor => ({ kind: 'person', accountId, role: 'self' })

export function linkHandlers(parts: SignInParts): Pick<OfficeHandlers, Names> {
  const { sql, clock, publicUrl, attempts } = parts

  /** The mail, where the address has an account with a password that may be used. */
  const mailReset = async (email: string): Promise<void> => {
    const now = clock()
    await sql.transaction().execute(async (tx) => {
      const account = await tx
        .selectFrom('accounts')
        .select(['id', 'name', 'email', 'locale'])
        .where('email', '=', email)
        .where('password', 'is not', null)
        .where('disabled_at', 'is', null)
        .executeTakeFirst()
      if (!account) return
      const token = await newLink(tx, { kind: 'reset', accountId: account.id, now })
      const expiresAt = expiryOf('reset', now).toISOString()
      await enqueueMail(tx, {
        kind: 'password-reset',
        values: { name: account.name, link: linkTo(publicUrl(), 'reset', token), expiresAt },
        to: account.email,
        locale: account.locale,
        about: { kind: 'account', id: account.id },
      })
    })
  }

  return {
    readLink: ({ body }) => readLink(sql, body.token, clock()),
    acceptInvitation: async ({ body, exchange, setHeaders }) => {
      const now = clock()
      // seen first, so that guessing tokens costs us no hashing
      if ((await readLink(sql, body.token, now)).kind !== 'invitation') throw new RequestProblem('link-over')
      const password = await hashPassword(body.password)
      const cookies = await sql.transaction().execute(async (tx) => {
        const { accountId } = await takeLink(tx, body.token, 'invitation', now)
        const account = await tx
          .updateTable('accounts')
          .set({ name: body.name, password })
          .where('id', '=', accountId)
          .where('disabled_at', 'is', null)
          // who came otherwise may have a second factor by now, and this is no way round it
          .where('password', 'is', null)
          .where('oidc_subject', 'is', null)
          .returning('id')
          .executeTakeFirst()
        if (!account) throw new RequestProblem('link-over')
        const begun = await beginSession(tx, account.id, askerOf(exchange.request, parts), parts)
        const object = { kind: 'account', id: account.id }
        await recordAudit(tx, { actor: self(account.id), action: 'invitation.accept', object })
        return begun
      })
      setHeaders({ 'set-cookie': cookies })
      return {}
    },
    becomeFirstOperator: async ({ body, exchange, setHeaders }) => {
      const now = clock()
      if ((await readLink(sql, body.token, now)).kind !== 'first-operator') throw new RequestProblem('link-over')
      const password = await hashPassword(body.password)
      const cookies = await sql.transaction().execute(async (tx) => {
        await takeLink(tx, body.token, 'first-operator', now)
        const account = await tx
          .insertInto('accounts')
          .values({ email: normalEmail(body.email), name: body.name, password, created_at: now })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .executeTakeFirst()
        if (!account) throw new RequestProblem('invalid-request', [{ field: 'email', message: 'email-taken' }])
        await addGrant(tx, account.id, { role: 'operator' })
        const begun = await beginSession(tx, account.id, askerOf(exchange.request, parts), parts)
        const object = { kind: 'account', id: account.id }
        await recordAudit(tx, { actor: { kind: 'system' }, action: 'operator.first', object })
        return begun
      })
      setHeaders({ 'set-cookie': cookies })
      return {}
    },
    askReset: async ({ body, exchange }) => {
      const email = normalEmail(body.email)
      const { network } = askerOf(exchange.request, parts)
      await attempts.take([
        { limit: 'reset-network', by: network },
        { limit: 'reset', by: email },
      ])
      // The answer does not wait for it: how long it takes would tell whether there is an account.
      parts.inBackground(mailReset(email))
      return {}
    },
    resetPassword: async ({ body, exchange, setHeaders }) => {
      const now = clock()
      if ((await readLink(sql, body.token, now)).kind !== 'reset') throw new RequestProblem('link-over')
      const password = await hashPassword(body.password)
      const cookie = await sql.transaction().execute(async (tx) => {
        const { accountId } = await takeLink(tx, body.token, 'reset', now)
        const account = await tx
          .updateTable('accounts')
          .set({ password })
          .where('id', '=', accountId)
          .where('disabled_at', 'is', null)
          .returning('id')
          .executeTakeFirst()
        if (!account) throw new RequestProblem('link-over')
        await endAllSessions(tx, account.id, now)
        const known = await knowDevice(tx, account.id, askerOf(exchange.request, parts), parts)
        const object = { kind: 'account', id: account.id }
        await recordAudit(tx, { actor: self(account.id), action: 'password.reset', object })
        return known
      })
      setHeaders({ 'set-cookie': cookie })
      return {}
    },
  }
}
