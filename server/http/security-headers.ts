import helmet from 'koa-helmet'
import type { Middleware } from 'koa'

/**
 * Nothing from elsewhere, no frames, no sniffing, nothing inline but styles: the office pages' library sets them.
 * TLS ends in front of this server; only where people open it by HTTPS does it promise that (HSTS), on plain loopback it
 * would break the pages. The referrer stays among our own pages, so that forms sent from them say their origin.
 */
export function securityHeaders(publicUrl: () => string): Middleware {
  const plain = headers(false)
  const secure = headers(true)
  return (ctx, next) => {
    ctx.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
    const chosen: Middleware = publicUrl().startsWith('https:') ? secure : plain
    return chosen(ctx, next) as Promise<void>
  }
}

const headers = (https: boolean): Middleware =>
  helmet({
    strictTransportSecurity: https && { maxAge: 365 * 24 * 3600, includeSubDomains: false },
    referrerPolicy: { policy: 'same-origin' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // swagger-ui and icons inline in its style sheet
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        ...(https && { upgradeInsecureRequests: [] }),
      },
    },
  })
