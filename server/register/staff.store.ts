import { inviteAccount, mailInvitation } from '../accounts/accounts.store.ts'
import type { Colleague } from '../../contract/office/cabinet.ts'
import type { Sql } from '../db/pool.ts'

export interface Invited {
  readonly email: string
  readonly name: string
  readonly role: 'owner' | 'staff'
  readonly participantId: number
  readonly locale: 'ru' | 'en'
}

/** The account with its grant, and the mail that tells of it. */
export async function inviteColleague(
  tx: Sql,
  { email, name, role, participantId, locale }: Invited,
  origin: string,
  clock: () => Date,
): Promise<number> {
  const invitation = { email, name, locale, grant: { role, participantId } }
  const { accountId, link } = await inviteAccount(tx, invitation, origin, clock)
  await mailInvitation(tx, { to: { id: accountId, email, name, locale }, role, link, at: clock() })
  return accountId
}

export async function colleaguesOf(db: Sql, participantId: number): Promise<Colleague[]> {
  const rows = await db
    .selectFrom('grants')
    .innerJoin('accounts', 'accounts.id', 'grants.account_id')
    .select(['accounts.id', 'accounts.name', 'accounts.email', 'grants.role', 'password', 'oidc_subject'])
    .where('grants.participant_id', '=', participantId)
    .orderBy('grants.role')
    .orderBy('accounts.name')
    .execute()
  return rows.map(({ id, name, email, role, password, oidc_subject }) => ({
    accountId: id,
    name,
    email,
    role: role === 'owner' ? 'owner' : 'staff',
    joined: password !== null || oidc_subject !== null,
  }))
}

/** @returns whether there was such a grant */
export async function removeColleague(
  tx: Sql,
  participantId: number,
  accountId: number,
  roles: readonly ('owner' | 'staff')[],
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('grants')
    .where('participant_id', '=', participantId)
    .where('account_id', '=', accountId)
    .where('role', 'in', roles)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function participantNames(
  db: Sql,
  ids: readonly number[],
): Promise<{ id: number; organisation: string }[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('participants')
    .select(['id', 'organisation'])
    .where('id', 'in', ids)
    .orderBy('organisation')
    .execute()
}
