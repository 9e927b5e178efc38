import type { RequestListener } from 'node:http'
import Koa from 'koa'
import { errorForLog, problems } from './http/problem.ts'
import { withHeaders } from './http/reply-headers.ts'
import { requestLog } from './http/request-log.ts'
import { securityHeaders } from './http/security-headers.ts'
import type { Parts } from './parts.ts'
import { routes } from './routes.ts'

/** The whole server, without listening. */
export function createApp(parts: Parts): RequestListener {
  const { stream, hot, cold, otherMethods, replyHeaders } = routes(parts)
  const app = new Koa()
  app.silent = true
  app.on('error', (error: unknown) => parts.log.error({ error: errorForLog(error) }, 'an answer failed'))
  app.use(hot)
  app.use(withHeaders(replyHeaders))
  app.use(requestLog(parts.log, parts.metrics))
  app.use(securityHeaders)
  app.use(problems(parts.log))
  app.use(otherMethods)
  app.use(cold)
  const answer = app.callback()
  return (request, response) => {
    if (!stream(request, response)) void answer(request, response)
  }
}
