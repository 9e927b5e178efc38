import type { RequestListener } from 'node:http'
import Koa from 'koa'
import { errorForLog, problems } from './http/problem.ts'
import { withHeaders } from './http/reply-headers.ts'
import { requestLog } from './http/request-log.ts'
import { securityHeaders } from './http/security-headers.ts'
import type { Parts } from './parts.ts'
import { routes } from './routes.ts'

/** The whole server, without listening: streams and the paths a scan waits for, then Koa with all the rest. */
export function createApp(parts: Parts): RequestListener {
  const { stream, hot, cold, otherMethods, replyHeaders } = routes(parts)
  const koa = new Koa()
  koa.silent = true
  koa.on('error', (error: unknown) => parts.log.error({ error: errorForLog(error) }, 'an answer failed'))
  koa.use(withHeaders(replyHeaders))
  koa.use(requestLog(parts.log, parts.metrics))
  koa.use(securityHeaders(parts.publicUrl))
  koa.use(problems(parts.log))
  koa.use(otherMethods)
  koa.use(cold)
  const rest = koa.callback()
  return (request, response) => {
    if (!hot(request, response) && !stream(request, response)) void rest(request, response)
  }
}
