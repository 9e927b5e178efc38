import type Router from '@koa/router'
import type { Context } from 'koa'
import type { Logger } from 'pino'
import { recordAudit } from '../audit/audit.store.ts'
import { errorForLog, RequestProblem } from '../http/problem.ts'
import { askerOf, beginSession } from './begin-session.store.ts'
import type { SignInParts } from './parts.ts'
import { cookieValue } from '../accounts/session.ts'
import { accountOfVouched, Errand, type Provider } from './provider.io.ts'

const COOKIE = 'dopusk-oidc'
const CALLBACK = '/api/oidc/callback'
/** Time to sign in there. */
const ERRAND_MS = 10 * 60_000

/**
 * The way to the OpenID provider and back. Whoever comes back without an account goes to the sign-in page, which says
 * so. The provider's word stands for the second factor too: how well it proves who somebody is, is its own business.
 */
export function providerRoutes(
  router: Router,
  provider: Provider,
  parts: SignInParts & { readonly log: Logger },
): void {
  const { sql, clock, publicUrl, demo, secrets, log } = parts
  const cookie = (value: string, seconds: number): string => {
    const secure = publicUrl().startsWith('https:') ? '; Secure' : ''
    // Lax: the way back is a navigation from the provider's page
    return `${COOKIE}=${value}; Path=${CALLBACK}; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`
  }
  const to = (ctx: Context, path: string): void => {
    ctx.set('cache-control', 'no-store')
    ctx.status = 303
    ctx.set('location', path)
    ctx.body = ''
  }

  router.get('/api/oidc/start', async (ctx) => {
    try {
      const { address, errand } = await provider.begin(publicUrl() + CALLBACK, clock().getTime() + ERRAND_MS)
      ctx.set(
        'set-cookie',
        cookie(secrets.seal(JSON.stringify(errand), COOKIE).toString('base64url'), ERRAND_MS / 1000),
      )
      to(ctx, address)
    } catch (thrown) {
      log.warn({ error: errorForLog(thrown) }, 'the OpenID provider does not answer')
      to(ctx, '/office/sign-in?provider=away')
    }
  })

  router.get(CALLBACK, async (ctx) => {
    const errand = errandIn(cookieValue(ctx.headers.cookie, COOKIE, 1000))
    ctx.set('set-cookie', cookie('', 0))
    if (!errand || errand.until < clock().getTime()) return to(ctx, '/office/sign-in?provider=late')
    let vouched
    try {
      vouched = await provider.finish(new URL(CALLBACK + ctx.search, publicUrl()), errand)
    } catch (thrown) {
      log.warn({ error: errorForLog(thrown) }, 'the OpenID provider’s answer was refused')
      return to(ctx, '/office/sign-in?provider=refused')
    }
    try {
      const cookies = await sql.transaction().execute(async (tx) => {
        const accountId = await accountOfVouched(tx, vouched, { demo, now: clock() })
        if (accountId === undefined) throw new RequestProblem('wrong-credentials')
        const begun = await beginSession(tx, accountId, askerOf(ctx.req, parts), parts, 'provider')
        await recordAudit(tx, {
          actor: { kind: 'person', accountId, role: 'self' },
          action: 'session.begin',
          object: { kind: 'account', id: accountId },
          detail: { vouched: 'provider' },
        })
        return begun
      })
      ctx.append('set-cookie', cookies)
      return to(ctx, '/office')
    } catch (thrown) {
      if (thrown instanceof RequestProblem && thrown.code === 'wrong-credentials') {
        return to(ctx, '/office/sign-in?provider=unknown')
      }
      throw thrown
    }
  })

  function errandIn(value: string | undefined): Errand | undefined {
    if (value === undefined) return undefined
    try {
      return Errand.parse(JSON.parse(secrets.open(Buffer.from(value, 'base64url'), COOKIE)))
    } catch {
      // not sealed by us, or by a key that is gone
      return undefined
    }
  }
}
