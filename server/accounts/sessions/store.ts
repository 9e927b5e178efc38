import { hash, randomBytes } from 'node:crypto'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Sql } from '../../db/pool.ts'
import { grantOf, type Person } from '../person.ts'
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
}

/** @returns the cookie's value */
export async function openSession(db: Sql, { accountId, device, network, at }: NewSession): Promise<string> {
  const token = newToken()
  await db
    .insertInto('sessions')
    .values({ account_id: accountId, token_sha256: digest(token), created_at: at, seen_at: at, device, network })
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
    secondFactor: row.has_totp ? 'on' : row.demo ? 'waived' : 'off',
    grants: row.grants.map(grantOf),
  }
}

export async function endSession(db: Sql, id: number, now: Date): Promise<void> {
  await db.updateTable('sessions').set({ ended_at: now }).where('id', '=', id).where('ended_at', 'is', null).execute()
}
