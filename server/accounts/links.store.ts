import type { Sql } from '../db/pool.ts'
import { RequestProblem } from '../http/problem.ts'
import { digest, newToken } from './sessions.store.ts'

export type LinkKind = 'invitation' | 'reset' | 'first-operator'

/** How long a link is good for, in milliseconds. */
const LASTS: Readonly<Record<LinkKind, number>> = {
  invitation: 7 * 24 * 3600 * 1000,
  reset: 3600 * 1000,
  'first-operator': 7 * 24 * 3600 * 1000,
}

export const expiryOf = (kind: LinkKind, now: Date): Date => new Date(now.getTime() + LASTS[kind])

/** Ends earlier links of its kind to the account. @returns the token */
export async function newLink(
  tx: Sql,
  { kind, accountId, now }: { readonly kind: LinkKind; readonly accountId: number | null; readonly now: Date },
): Promise<string> {
  await endLinks(tx, kind, accountId, now)
  const token = newToken()
  await tx
    .insertInto('links')
    .values({
      kind,
      account_id: accountId,
      token_sha256: digest(token),
      created_at: now,
      expires_at: expiryOf(kind, now),
    })
    .execute()
  return token
}

export async function endLinks(tx: Sql, kind: LinkKind, accountId: number | null, now: Date): Promise<void> {
  await tx
    .updateTable('links')
    .set({ used_at: now })
    .where('kind', '=', kind)
    .where('account_id', 'is not distinct from', accountId)
    .where('used_at', 'is', null)
    .execute()
}

/** What a good link is for; it stays unused. @throws {RequestProblem} link-over */
export async function readLink(
  db: Sql,
  token: string,
  now: Date,
): Promise<{ readonly kind: LinkKind; readonly email: string | null; readonly name: string | null }> {
  const link = await db
    .selectFrom('links')
    .leftJoin('accounts', 'accounts.id', 'account_id')
    .select(['kind', 'email', 'name'])
    .where('token_sha256', '=', digest(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (!link) throw new RequestProblem('link-over')
  return link
}

/** Uses the link up: of many who come with it at once, one goes on. @throws {RequestProblem} link-over */
export async function takeLink(
  tx: Sql,
  token: string,
  kind: LinkKind,
  now: Date,
): Promise<{ readonly accountId: number | null }> {
  const link = await tx
    .updateTable('links')
    .set({ used_at: now })
    .where('token_sha256', '=', digest(token))
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('account_id')
    .executeTakeFirst()
  if (!link) throw new RequestProblem('link-over')
  return { accountId: link.account_id }
}
