import type { Middleware } from 'koa'
import { RequestProblem } from './problem.ts'

/** The process is alive: nothing else is asked. */
export const alive: Middleware = (ctx) => {
  ctx.body = { status: 'alive' }
}

/** Able to answer a scan. `check` resolves where the database answers and the schema is there. */
export function ready(check: () => Promise<void>): Middleware {
  return async (ctx) => {
    try {
      await check()
    } catch {
      throw new RequestProblem('unavailable', [], { 'retry-after': '2' })
    }
    ctx.body = { status: 'ready' }
  }
}
