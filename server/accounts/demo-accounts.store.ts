import type { Sql } from '../db/pool.ts'
import { checkPassword, hashPassword } from './password-hash.io.ts'
import type { Grant } from './person.ts'
import { addGrant } from './accounts.store.ts'

export interface DemoAccount {
  readonly email: string
  readonly name: string
  readonly grant: Grant
}

/** Accounts that exist only in the demonstration, all with one password and without a second factor. */
export async function ensureDemoAccounts(db: Sql, accounts: readonly DemoAccount[], password: string): Promise<void> {
  const before = await db.selectFrom('accounts').select(['email', 'password']).where('demo', 'is', true).execute()
  const [stored = null, ...others] = new Set(before.map((account) => account.password))
  // one hash for all, so one look says whether the password is still theirs
  const same = others.length === 0 && (await checkPassword(password, stored)) !== 'wrong'
  const known = new Set(before.map(({ email }) => email))
  if (same && accounts.every(({ email }) => known.has(email))) return
  const hashed = await hashPassword(password)
  for (const { email, name, grant } of accounts) {
    const account = await db
      .insertInto('accounts')
      .values({ email, name, password: hashed, demo: true })
      .onConflict((conflict) =>
        conflict
          .column('email')
          .doUpdateSet({ password: hashed, disabled_at: null })
          .where('accounts.demo', 'is', true),
      )
      .returning('id')
      .executeTakeFirst()
    // an address of a real account stays what it is
    if (account) await addGrant(db, account.id, grant)
  }
}
