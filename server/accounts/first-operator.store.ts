import type { Sql } from '../db/pool.ts'
import { endLinks, newLink } from './links.store.ts'
import { linkTo } from './accounts.store.ts'

/**
 * The link that makes the first Operator: as long as nobody can run the system there is one, and each start makes
 * another. `undefined`: there is an Operator.
 */
export async function firstOperatorLink(
  db: Sql,
  publicUrl: string,
  now: Date,
  demo: boolean,
): Promise<string | undefined> {
  const operators = db
    .selectFrom('accounts')
    .innerJoin('grants', 'grants.account_id', 'accounts.id')
    .select('accounts.id')
    .where('role', '=', 'operator')
    .where('disabled_at', 'is', null)
    .where((e) => e.or([e('password', 'is not', null), e('oidc_subject', 'is not', null)]))
  const operator = await (demo ? operators : operators.where('demo', 'is', false)).executeTakeFirst()
  return db.transaction().execute(async (tx) => {
    if (!operator)
      return linkTo(publicUrl, 'first-operator', await newLink(tx, { kind: 'first-operator', accountId: null, now }))
    await endLinks(tx, 'first-operator', null, now)
    return undefined
  })
}
