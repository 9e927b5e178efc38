import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import type { Metrics } from './metrics.ts'
import type { MountParts } from './mount.ts'
import { errorForLog, RequestProblem } from './problem.ts'

/** Route, status, milliseconds: never a path as it was sent, a header or a body. */
export function requestLog(log: Logger, metrics: Metrics): Middleware {
  return async (ctx, next) => {
    const started = performance.now()
    await next()
    const matched: unknown = ctx['_matchedRoute']
    const route = typeof matched === 'string' ? matched : 'none'
    const ms = performance.now() - started
    metrics.answered(route, ctx.status, ms)
    log.info({ method: ctx.method, route, status: ctx.status, ms: Math.round(ms * 10) / 10 }, 'request')
  }
}

/** The same for hot paths; what went well is in the database and the metrics, and in the log only at `debug`. */
export function hotLog(log: Logger, metrics: Metrics): MountParts<unknown>['onAnswer'] {
  return ({ route, status, ms, thrown }) => {
    metrics.answered(route, status, ms)
    if (thrown === undefined) {
      log.debug({ route, status, ms }, 'request')
      return
    }
    const line = { route, status, ms: Math.round(ms * 10) / 10 }
    if (status >= 500) log.error({ ...line, error: errorForLog(thrown) }, 'request failed')
    else log.info({ ...line, code: thrown instanceof RequestProblem ? thrown.code : undefined }, 'request')
  }
}
