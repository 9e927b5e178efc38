import { DatabaseError } from 'pg'
import type { Sql } from '../db/pool.ts'
import { RequestProblem } from '../http/problem.ts'
import { enqueueMail } from '../mail/mail.store.ts'
import { expiryOf, newLink, type LinkKind } from './links.store.ts'
import { grantRow, type Grant } from './person.ts'

export interface Invitation {
  readonly email: string
  readonly name: string
  readonly grant: Grant
  readonly locale: 'ru' | 'en'
}

/** The one spelling of an address: accounts are told apart by it. */
export const normalEmail = (email: string): string => email.trim().toLowerCase()

/**
 * Gives the grant to the account of that address, made where there is none. Who has signed in before goes on with the
 * password there is; a new account begins with the link: 7 days, one use, earlier ones of the account end.
 * @param publicUrl origin of the link
 * @returns the account, and the link to mail
 */
export async function inviteAccount(
  tx: Sql,
  { email, name, grant, locale }: Invitation,
  publicUrl: string,
  clock: () => Date,
): Promise<{ readonly accountId: number; readonly link: string }> {
  const account = await tx
    .insertInto('accounts')
    .values({ email: normalEmail(email), name, locale, created_at: clock() })
    // a change that changes nothing, for `returning`; it also makes two invitations at once wait for each other
    .onConflict((conflict) => conflict.column('email').doUpdateSet((row) => ({ email: row.ref('excluded.email') })))
    .returning(['id', 'password', 'oidc_subject'])
    .executeTakeFirstOrThrow()
  await addGrant(tx, account.id, grant)
  if (account.password !== null || account.oidc_subject !== null) {
    return { accountId: account.id, link: `${publicUrl}/office/sign-in` }
  }
  const token = await newLink(tx, { kind: 'invitation', accountId: account.id, now: clock() })
  return { accountId: account.id, link: linkTo(publicUrl, 'invitation', token) }
}

/** The mail that brings the link of an invitation. */
export const mailInvitation = (
  tx: Sql,
  {
    to,
    role,
    link,
    at,
  }: { readonly to: Invitee; readonly role: Grant['role']; readonly link: string; readonly at: Date },
) =>
  enqueueMail(tx, {
    kind: 'invitation',
    values: { name: to.name, role, link, expiresAt: expiryOf('invitation', at).toISOString() },
    to: to.email,
    locale: to.locale,
    about: { kind: 'account', id: to.id },
  })
type Invitee = Pick<Invitation, 'email' | 'name' | 'locale'> & { readonly id: number }

/** What the account has already stays as it is. @throws {RequestProblem} invalid-request: no such Participant */
export async function addGrant(db: Sql, accountId: number, grant: Grant): Promise<void> {
  await db
    .insertInto('grants')
    .values({ account_id: accountId, ...grantRow(grant) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
    .catch((thrown: unknown) => {
      if (!(thrown instanceof DatabaseError) || thrown.constraint !== 'grants_of_participant') throw thrown
      throw new RequestProblem('invalid-request', [
        { field: 'grant.participantId', message: 'there is no such Participant' },
      ])
    })
}

/** The token stands behind the #: it is in no request line, so in no log of any server or proxy. */
export const linkTo = (publicUrl: string, kind: LinkKind, token: string): string =>
  `${publicUrl}/office/${kind}#${token}`
