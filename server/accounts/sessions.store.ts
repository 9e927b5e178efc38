import { hash, randomBytes } from 'node:crypto'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Session } from '../../contract/office/account.ts'
import type { Sql } from '../db/pool.ts'
import { grantOf, type Person } from './person.ts'
import { IDLE_MS, LONGEST_MS } from './session.ts'

/** 256 random bits, base64url: told once, kept only as its SHA-256. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const digest = (token: string): Buffer => hash('sha256', token, 'buffer')

/** How exactly `seen_at` is kept: a request writes only where it would move by more. */
const SEEN_STEP_MS = 60_000

export interface NewSession {
  readonly accountId: number
  readonly device: string
  readonly network: string
  readonly at: Date
  readonly vouched?: 'password' | 'provider'
}

/** @returns the cookie's value */
export async function openSession(
  db: Sql,
  { accountId, device, network, at, vouched = 'password' }: NewSession,
): Promise<string> {
  const token = newToken()
  await db
    .insertInto('sessions')
    .values({
      account_id: accountId,
      token_sha256: digest(token),
      created_at: at,
      seen_at: at,
      device,
      network,
      vouched,
    })
    .execute()
  return token
}

/** Whose session the cookie is of; `undefined`: of none that lasts. `demo`: accounts of the demonstration exist. */
export async function personOf(
  db: Sql,
  token: string | undefined,
  now: Date,
  demo: boolean,
): Promise<Person | undefined> {
  if (token === undefined) return undefined
  const row = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select((e) => [
      'sessions.id as session_id',
      'seen_at',
      'accounts.id as account_id',
      'email',
      'name',
      'locale',
      'demo',
      'vouched',
      e('password', 'is not', null).as('has_password'),
      e('totp_secret', 'is not', null).as('has_totp'),
      jsonArrayFrom(
        e
          .selectFrom('grants')
          .select(['role', 'branch', 'participant_id'])
          .whereRef('grants.account_id', '=', 'accounts.id')
          .orderBy('role')
          .orderBy('branch')
          .orderBy('participant_id'),
      ).as('grants'),
    ])
    .where('token_sha256', '=', digest(token))
    .where('ended_at', 'is', null)
    .where('disabled_at', 'is', null)
    .where('seen_at', '>', new Date(now.getTime() - IDLE_MS))
    .where('sessions.created_at', '>', new Date(now.getTime() - LONGEST_MS))
    .executeTakeFirst()
  if (!row || (row.demo && !demo)) return undefined
  if (now.getTime() - row.seen_at.getTime() > SEEN_STEP_MS) {
    await db.updateTable('sessions').set({ seen_at: now }).where('id', '=', row.session_id).execute()
  }
  return {
    accountId: row.account_id,
    sessionId: row.session_id,
    email: row.email,
    name: row.name,
    locale: row.locale,
    secondFactor: row.has_totp ? 'on' : row.demo || row.vouched === 'provider' ? 'waived' : 'off',
    grants: row.grants.map(grantOf),
    hasPassword: row.has_password === true,
  }
}

export async function endSession(db: Sql, id: number, now: Date): Promise<void> {
  await db.updateTable('sessions').set({ ended_at: now }).where('id', '=', id).where('ended_at', 'is', null).execute()
}

/** @returns whether the account had such a session */
export async function endOwnSession(db: Sql, accountId: number, id: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** All of the account's, but `kept`. @returns how many */
export async function endAllSessions(db: Sql, accountId: number, now: Date, kept?: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .where('id', '!=', kept ?? 0)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Those that last, the newest first. */
export async function sessionsOf(db: Sql, person: Person, now: Date): Promise<readonly Session[]> {
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'device', 'network', 'created_at', 'seen_at'])
    .where('account_id', '=', person.accountId)
    .where('ended_at', 'is', null)
    .where('seen_at', '>', new Date(now.getTime() - IDLE_MS))
    .where('created_at', '>', new Date(now.getTime() - LONGEST_MS))
    .orderBy('seen_at', 'desc')
    .execute()
  return rows.map(({ id, device, network, created_at, seen_at }) => ({
    id,
    device,
    network,
    createdAt: created_at.toISOString(),
    seenAt: seen_at.toISOString(),
    current: id === person.sessionId,
  }))
}
