import type { Sql } from '../../db/pool.ts'
import { checkPassword, hashPassword } from '../passwords/store.ts'
import type { Grant } from '../person.ts'
import { addGrant } from '../store.ts'

export interface DemoAccount {
  readonly email: string
  readonly name: string
  readonly grants: readonly Grant[]
}

/** Accounts that exist only in the demonstration, all with one password and without a second factor. */
export async function ensureDemoAccounts(db: Sql, accounts: readonly DemoAccount[], password: string): Promise<void> {
  const hashed = await hashPassword(password)
  for (const { email, name, grants } of accounts) {
    const before = await db
      .selectFrom('accounts')
      .select(['id', 'password', 'demo'])
      .where('email', '=', email)
      .executeTakeFirst()
    if (before && !before.demo) continue
    const same = before !== undefined && (await checkPassword(password, before.password)) !== 'wrong'
    const { id } = same
      ? before
      : await db
          .insertInto('accounts')
          .values({ email, name, password: hashed, demo: true })
          .onConflict((conflict) => conflict.column('email').doUpdateSet({ password: hashed, disabled_at: null }))
          .returning('id')
          .executeTakeFirstOrThrow()
    for (const grant of grants) await addGrant(db, id, grant)
  }
}
