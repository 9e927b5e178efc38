import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import { RequestProblem } from './problem.ts'

/** Counts one use. @throws {RequestProblem} too-many-requests, with when to come back */
export type RateLimit = (key: string) => Promise<void>

/** So many uses of a key in so many seconds. Of this process alone: several servers allow several times as many. */
export function rateLimit({ uses, seconds }: { readonly uses: number; readonly seconds: number }): RateLimit {
  const limiter = new RateLimiterMemory({ points: uses, duration: seconds })
  return (key) => counted(limiter, key)
}

/** Counts one use by any limiter. @throws {RequestProblem} `code`, with when to come back */
export async function counted(
  limiter: RateLimiterAbstract,
  key: string,
  code: 'too-many-requests' | 'too-many-attempts' = 'too-many-requests',
): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const wait = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    throw new RequestProblem(code, [], { 'retry-after': String(wait) })
  }
}
