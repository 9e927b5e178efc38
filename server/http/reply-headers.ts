import type { Middleware } from 'koa'

/** What every reply carries, whatever became of it; read when the reply is ready. */
export function withHeaders(read: () => Record<string, string>): Middleware {
  return async (ctx, next) => {
    await next()
    if (ctx.respond !== false) ctx.set(read())
  }
}
