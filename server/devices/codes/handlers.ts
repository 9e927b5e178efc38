import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Replica } from '../../db/change-feed.ts'
import type { Sql } from '../../db/pool.ts'
import { recordAudit } from '../../audit/store.ts'
import { clientAddress } from '../../http/client-address.ts'
import type { Handlers } from '../../http/mount.ts'
import { RequestProblem } from '../../http/problem.ts'
import type { SignedKeySet } from '../../keys/key-set.ts'
import type { Device } from '../device.ts'
import { audienceAt } from '../tokens/handlers.ts'
import { codeHash, spendCode } from './store.ts'

export interface EnrolParts {
  readonly sql: Sql
  readonly keySet: Replica<SignedKeySet | undefined>
  readonly clock: () => Date
  readonly publicUrl: () => string
  /** of ours, in front */
  readonly proxies: number
}

/** Wrong codes of one address, and of all, in ten minutes of one server process. A code has 55 random bits. */
const WRONG = { points: 20, duration: 600 }
const WRONG_OF_ALL = { points: 2000, duration: 600 }

export function enrolHandlers(parts: EnrolParts): Pick<Handlers<Device>, 'enrol'> {
  const { sql, keySet, clock, publicUrl, proxies } = parts
  const ofOne = new RateLimiterMemory({ ...WRONG, keyPrefix: 'enrol' })
  const ofAll = new RateLimiterMemory({ ...WRONG_OF_ALL, keyPrefix: 'enrol-all' })
  return {
    enrol: async ({ body, exchange, setHeaders }) => {
      const address = clientAddress(exchange.request, proxies)
      await counted(ofOne, address)
      await counted(ofAll, '')
      const hash = await codeHash(body.code)
      const now = clock()
      const enrolled = await sql.transaction().execute(async (tx) => {
        const device = await spendCode(tx, hash, body, now)
        if (device?.fresh) {
          await recordAudit(tx, {
            actor: { kind: 'system' },
            action: 'device.enrol',
            object: { kind: 'device', id: device.id },
            detail: { code: device.codeId, state: device.state },
          })
        }
        return device
      })
      // a device that was struck off is not let in again by the code it once came with
      if (!enrolled || enrolled.state === 'revoked') {
        throw new RequestProblem('enrolment-refused', [{ field: 'code', message: 'is not good, or not any more' }])
      }
      // it was none to be counted
      await Promise.all([ofOne.reward(address), ofAll.reward('')])
      const place = await placeOf(sql, enrolled.id)
      const root = keySet.current?.root
      setHeaders({ 'cache-control': 'no-store' })
      return {
        device: enrolled.id,
        state: enrolled.state,
        audience: audienceAt(publicUrl()),
        ...place,
        ...(root === undefined ? {} : { root }),
      }
    },
  }
}

/** @throws {RequestProblem} too-many-requests, where no points are left */
async function counted(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (spent) {
    if (!(spent instanceof RateLimiterRes)) throw spent
    const seconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1000))
    throw new RequestProblem('too-many-requests', [], { 'retry-after': String(seconds) })
  }
}

const placeOf = (db: Sql, device: number): Promise<{ readonly venue: string; readonly accessPoint: string }> =>
  db
    .selectFrom('devices')
    .innerJoin('access_points', 'access_points.id', 'access_point_id')
    .innerJoin('venues', 'venues.id', 'venue_id')
    .select(['venues.name as venue', 'access_points.name as accessPoint'])
    .where('devices.id', '=', device)
    .executeTakeFirstOrThrow()
