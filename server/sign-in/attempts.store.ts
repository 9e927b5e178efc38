import { hash } from 'node:crypto'
import type pg from 'pg'
import { RateLimiterPostgres } from 'rate-limiter-flexible'
import type { Sql } from '../db/pool.ts'
import { counted } from '../http/rate-limit.ts'
import { digest } from '../accounts/sessions.store.ts'
import { LIMITS, type Count, type Familiarity, type LimitName } from './lockout.ts'

export interface Attempts {
  /** Counts first, so that many at once are no more than one after the other. @throws {RequestProblem} too-many-attempts */
  take(counts: readonly Count[]): Promise<void>
  /** It was no attempt at guessing. */
  giveBack(counts: readonly Count[]): Promise<void>
}

/** Kept in the database, so that all machines of an installation count together. */
export function attemptCounts(pool: pg.Pool): Attempts {
  const limiters = new Map<LimitName, RateLimiterPostgres>()
  const limiter = (name: LimitName): RateLimiterPostgres => {
    const known = limiters.get(name)
    if (known) return known
    const { points, seconds: duration } = LIMITS[name]
    const options = { storeClient: pool, storeType: 'pool', tableName: 'attempts', tableCreated: true }
    const made = new RateLimiterPostgres({
      ...options,
      keyPrefix: name,
      points,
      duration,
      clearExpiredByTimeout: false,
    })
    limiters.set(name, made)
    return made
  }
  const key = ({ by }: Count): string => hash('sha256', by, 'base64url')
  return {
    take: async (counts) => {
      for (const count of counts) await counted(limiter(count.limit), key(count), 'too-many-attempts')
    },
    giveBack: async (counts) => {
      for (const count of counts) await limiter(count.limit).reward(key(count))
    },
  }
}

/** Signed in from there within so long: it is known. */
const KNOWN_MS = 90 * 24 * 3600 * 1000

export const DEVICE_COOKIE = 'dopusk-device'
export const DEVICE_COOKIE_SECONDS = KNOWN_MS / 1000

export interface Visitor {
  readonly network: string
  readonly deviceToken: string | undefined
}

/** How well the account knows who asks. Of an address without an account everybody is a stranger. */
export async function familiarity(
  db: Sql,
  accountId: number | undefined,
  { network, deviceToken }: Visitor,
  now: Date,
): Promise<Familiarity> {
  const id = accountId ?? 0
  const since = new Date(now.getTime() - KNOWN_MS)
  const device = await db
    .selectFrom('known_devices')
    .select('account_id')
    .where('account_id', '=', id)
    .where('token_sha256', '=', digest(deviceToken ?? ''))
    .where('seen_at', '>', since)
    .executeTakeFirst()
  const place = await db
    .selectFrom('known_networks')
    .select('account_id')
    .where('account_id', '=', id)
    .where('network', '=', network)
    .where('seen_at', '>', since)
    .executeTakeFirst()
  return device ? 'known-device' : place ? 'known-network' : 'stranger'
}

/** From now on the account knows this browser and network; what it knew too long ago is forgotten. */
export async function remember(
  db: Sql,
  accountId: number,
  { network }: Pick<Visitor, 'network'>,
  newToken: string,
  now: Date,
): Promise<void> {
  const long = new Date(now.getTime() - KNOWN_MS)
  await db.deleteFrom('known_devices').where('account_id', '=', accountId).where('seen_at', '<', long).execute()
  await db.deleteFrom('known_networks').where('account_id', '=', accountId).where('seen_at', '<', long).execute()
  await db
    .insertInto('known_devices')
    .values({ account_id: accountId, token_sha256: digest(newToken), seen_at: now })
    .execute()
  await db
    .insertInto('known_networks')
    .values({ account_id: accountId, network, seen_at: now })
    .onConflict((conflict) => conflict.columns(['account_id', 'network']).doUpdateSet({ seen_at: now }))
    .execute()
}
