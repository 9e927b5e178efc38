import type Router from '@koa/router'
import type { Sql } from '../db/pool.ts'
import { RequestProblem } from '../http/problem.ts'
import { mailPage, outboxPage } from './demo-outbox-page.ts'
import { attachmentsOf, mailById, newestMails } from './demo-outbox.store.ts'

const SHOWN = 200

/** Mounted in the demonstration only: whoever can open it reads everybody's mail. */
export function demoOutbox(router: Router, sql: Sql): void {
  router.get('/demo/outbox', async (ctx) => {
    ctx.type = 'text/html; charset=utf-8'
    ctx.set('cache-control', 'no-store')
    ctx.body = outboxPage(await newestMails(sql, SHOWN))
  })
  router.get('/demo/outbox/:id', async (ctx) => {
    const id = numberIn(ctx.params['id'])
    const mail = await mailById(sql, id)
    if (!mail) throw new RequestProblem('not-found')
    ctx.type = 'text/html; charset=utf-8'
    ctx.set('cache-control', 'no-store')
    ctx.body = mailPage(mail, await attachmentsOf(sql, id))
  })
  router.get('/demo/outbox/:id/:file', async (ctx) => {
    const files = await attachmentsOf(sql, numberIn(ctx.params['id']))
    const file = files[Number(numberIn(ctx.params['file']))]
    if (!file) throw new RequestProblem('not-found')
    ctx.set('content-type', file.type)
    ctx.set('content-security-policy', "default-src 'none'; sandbox")
    ctx.attachment(file.name)
    ctx.body = file.bytes
  })
}

function numberIn(text: string | undefined): string {
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new RequestProblem('not-found')
  return text
}
