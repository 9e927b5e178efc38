import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Replica } from '../db/change-feed.ts'
import type { Sql } from '../db/pool.ts'
import { recordAudit } from '../audit/audit.store.ts'
import { clientAddress } from '../http/client-address.ts'
import type { Handlers } from '../http/mount.ts'
import { RequestProblem } from '../http/problem.ts'
import { counted } from '../http/rate-limit.ts'
import type { SignedKeySet } from '../keys/key-set.ts'
import type { Device } from './device.ts'
import { audienceAt } from './tokens.handlers.ts'
import { inTurn } from './in-turn.ts'
import { codeHash, spendCode } from './codes.store.ts'

export interface EnrolParts {
  readonly sql: Sql
  readonly keySet: Replica<SignedKeySet | undefined>
  readonly clock: () => Date
  readonly publicUrl: () => string
  /** of ours, in front */
  readonly proxies: number
}

/** Wrong codes of one address in ten minutes of one server process. A code has 55 random bits. */
const WRONG = { points: 20, duration: 600 }
/** Hashes of strangers' codes at a time: however many come, other work has the other half of Node's four threads. */
const HASHES_AT_ONCE = 2

export function enrolHandlers(parts: EnrolParts): Pick<Handlers<Device>, 'enrol'> {
  const { sql, keySet, clock, publicUrl, proxies } = parts
  const wrong = new RateLimiterMemory(WRONG)
  const hashing = inTurn(HASHES_AT_ONCE)
  return {
    enrol: async ({ body, exchange, setHeaders }) => {
      const address = clientAddress(exchange.request, proxies)
      await counted(wrong, address)
      const hash = await hashing(() => codeHash(body.code))
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
      await wrong.reward(address)
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

const placeOf = (db: Sql, device: number): Promise<{ readonly venue: string; readonly accessPoint: string }> =>
  db
    .selectFrom('devices')
    .innerJoin('access_points', 'access_points.id', 'access_point_id')
    .innerJoin('venues', 'venues.id', 'venue_id')
    .select(['venues.name as venue', 'access_points.name as accessPoint'])
    .where('devices.id', '=', device)
    .executeTakeFirstOrThrow()
