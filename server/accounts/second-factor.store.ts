import { randomInt } from 'node:crypto'
import { generateSecret, generateURI, verifySync } from 'otplib'
import { sql } from 'kysely'
import type { Sql } from '../db/pool.ts'
import { codeOutline, type CodeOutline } from '../documents/qr.ts'
import type { Secrets } from './secrets.io.ts'

/** Crockford's base32: no letter that is taken for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODES = 10
/** Seconds a clock may be off: one step of RFC 6238 on either side. */
const TOLERANCE = 30

const place = (accountId: number): string => `totp ${accountId}`

/** A secret that is not in force yet. @returns it, and the otpauth:// address of its QR code */
export async function beginTotp(
  db: Sql,
  { accountId, email }: { readonly accountId: number; readonly email: string },
  secrets: Secrets,
): Promise<{ readonly secret: string; readonly uri: string; readonly qr: CodeOutline }> {
  const secret = generateSecret()
  await db
    .updateTable('accounts')
    .set({ totp_pending: secrets.seal(secret, place(accountId)) })
    .where('id', '=', accountId)
    .execute()
  const uri = generateURI({ issuer: 'Dopusk', label: email, secret })
  return { secret, uri, qr: codeOutline(uri) }
}

/** The step of which the code is, later than `after`; `undefined`: of none that is near now. */
function stepOf(code: string, secret: string, after: number, now: Date): number | undefined {
  const epoch = Math.floor(now.getTime() / 1000)
  const result = verifySync({ secret, token: code, epoch, epochTolerance: TOLERANCE })
  if (!result.valid || !('timeStep' in result)) return undefined
  return result.timeStep > after ? result.timeStep : undefined
}

/** Puts the pending secret in force. @returns whether the code was of it */
export async function confirmTotp(
  tx: Sql,
  accountId: number,
  code: string,
  secrets: Secrets,
  now: Date,
): Promise<boolean> {
  const { totp_pending: pending } = await tx
    .selectFrom('accounts')
    .select('totp_pending')
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (!pending) return false
  const step = stepOf(code, secrets.open(pending, place(accountId)), 0, now)
  if (step === undefined) return false
  await tx
    .updateTable('accounts')
    .set({ totp_secret: pending, totp_pending: null, totp_step: String(step) })
    .where('id', '=', accountId)
    .execute()
  return true
}

/** Takes a code of the authenticator or a recovery code, each once, whoever comes at the same time. */
export async function takeCode(
  db: Sql,
  accountId: number,
  code: string,
  secrets: Secrets,
  now: Date,
): Promise<'totp' | 'recovery' | undefined> {
  if (!/^\d{6}$/.test(code)) {
    const { numUpdatedRows } = await db
      .updateTable('recovery_codes')
      .set({ used_at: now })
      .where('account_id', '=', accountId)
      .where('code_hmac', '=', secrets.mark(code, place(accountId)))
      .where('used_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows > 0n ? 'recovery' : undefined
  }
  const account = await db
    .selectFrom('accounts')
    .select(['totp_secret', 'totp_step'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (!account?.totp_secret) return undefined
  const secret = secrets.open(account.totp_secret, place(accountId))
  const step = stepOf(code, secret, Number(account.totp_step), now)
  if (step === undefined) return undefined
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ totp_step: String(step) })
    .where('id', '=', accountId)
    .where('totp_step', '<', String(step))
    .executeTakeFirst()
  return numUpdatedRows > 0n ? 'totp' : undefined
}

/** Ends the old ones. @returns ten codes like `7K4QM-2XH9B`, to be shown once */
export async function newRecoveryCodes(tx: Sql, accountId: number, secrets: Secrets): Promise<string[]> {
  const codes = Array.from({ length: CODES }, () =>
    Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  )
  await tx.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute()
  await tx
    .insertInto('recovery_codes')
    .values(
      codes.map((code) => ({ account_id: accountId, code_hmac: secrets.mark(code, place(accountId)), used_at: null })),
    )
    .execute()
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`)
}

export async function removeSecondFactor(tx: Sql, accountId: number): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute()
  await tx
    .updateTable('accounts')
    // the step stays: a code of the old secret is over in any case
    .set({ totp_secret: null, totp_pending: null, totp_step: sql`totp_step` })
    .where('id', '=', accountId)
    .execute()
}
