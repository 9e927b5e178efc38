import helmet from 'koa-helmet'
import type { Middleware } from 'koa'

/**
 * Nothing from elsewhere, no frames, no sniffing. TLS ends in front of this server, so it neither promises HTTPS (HSTS)
 * nor asks browsers to upgrade: on plain loopback that would only break the pages.
 */
export const securityHeaders: Middleware = helmet({
  strictTransportSecurity: false,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      // swagger-ui and icons inline in its style sheet
      imgSrc: ["'self'", 'data:'],
      styleSrc: ["'self'", "'unsafe-inline'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
    },
  },
})
