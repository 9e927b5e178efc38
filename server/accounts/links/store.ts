import type { Sql } from '../../db/pool.ts'
import { digest, newToken } from '../sessions/store.ts'

export type LinkKind = 'invitation' | 'reset' | 'first-operator'

/** How long a link is good for, in milliseconds. */
const LASTS: Readonly<Record<LinkKind, number>> = {
  invitation: 7 * 24 * 3600 * 1000,
  reset: 3600 * 1000,
  'first-operator': 7 * 24 * 3600 * 1000,
}

/** Ends earlier links of its kind to the account. @returns the token */
export async function newLink(
  tx: Sql,
  { kind, accountId, now }: { readonly kind: LinkKind; readonly accountId: number | null; readonly now: Date },
): Promise<string> {
  await tx
    .updateTable('links')
    .set({ used_at: now })
    .where('kind', '=', kind)
    .where('account_id', 'is not distinct from', accountId)
    .where('used_at', 'is', null)
    .execute()
  const token = newToken()
  await tx
    .insertInto('links')
    .values({
      kind,
      account_id: accountId,
      token_sha256: digest(token),
      created_at: now,
      expires_at: new Date(now.getTime() + LASTS[kind]),
    })
    .execute()
  return token
}
