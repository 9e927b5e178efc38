import Router from '@koa/router'
import { admissionHandlers } from './admission/admission.handlers.ts'
import { eventHandlers } from './admission/events.handlers.ts'
import { accountHandlers } from './sign-in/account-handlers.handlers.ts'
import { identifier } from './accounts/identify.handlers.ts'
import { providerRoutes } from './sign-in/provider.handlers.ts'
import type { OfficeHandlers } from './accounts/person.ts'
import { api, HEADERS } from '../contract/kiosk/api.ts'
import { officeApi } from '../contract/office/api.ts'
import { denyListHandlers } from './deny-list/deny-list.handlers.ts'
import { streamHandlers } from './versions/stream.handlers.ts'
import type { Device } from './devices/device.ts'
import { deviceHandlers } from './versions/device-config.handlers.ts'
import { enrolHandlers } from './devices/enrol.handlers.ts'
import { fleetHandlers } from './fleet/fleet.handlers.ts'
import { heartbeatHandlers } from './fleet/heartbeats.handlers.ts'
import { tokenHandlers } from './devices/tokens.handlers.ts'
import { docs } from './http/docs.ts'
import { alive, ready } from './http/health.ts'
import { hotPaths, mount, rawStream, type Handlers } from './http/mount.ts'
import { openApiDocument } from './http/openapi.ts'
import { RequestProblem } from './http/problem.ts'
import { hotLog } from './http/request-log.ts'
import { webPages } from './http/web-pages.ts'
import { deliveryHandlers } from './mail/deliveries.handlers.ts'
import { demoOutbox } from './mail/demo-outbox.handlers.ts'
import type { Parts } from './parts.ts'
import { changeHandlers } from './venues/changes.handlers.ts'
import { codeHandlers } from './posters/posters.handlers.ts'
import { exportHandlers } from './venues/export.handlers.ts'
import { importHandlers } from './lists/lists.handlers.ts'
import { policyHandlers } from './venues/policy.handlers.ts'
import { registerHandlers } from './register/register.handlers.ts'
import { staffHandlers } from './register/staff.handlers.ts'
import { venueTableHandlers } from './venues/venue-table.handlers.ts'
import { numberHandlers } from './visits/numbers.handlers.ts'
import { deskHandlers } from './applications/desk.handlers.ts'
import { applicationHandlers } from './applications/applications.handlers.ts'
import { visitorHandlers } from './versions/key-set.handlers.ts'

/** path → folder of web/ whose index.html answers it */
const PAGES: readonly (readonly [path: string, name: string])[] = [
  ['/office', 'office'],
  ['/office/{*page}', 'office'],
  ['/cabinet', 'office'],
  ['/cabinet/{*page}', 'office'],
  ['/join', 'join'],
]

/**
 * The whole URL space:
 *
 *   the contract (contract/kiosk/api.ts)      what a kiosk says
 *   officeApi (contract/office/api.ts)  what pages say
 *   /api/oidc/                                 the way to an OpenID provider and back, where one is set
 *   PAGES, /assets/                             what people open
 *   /openapi.json  /docs                       what it may say, for machines and for people
 *   /demo/outbox                               mails, in the demonstration only
 *   /healthz  /readyz  /metrics                for those who run it
 */
export function routes(parts: Parts) {
  const replyHeaders = (): Record<string, string> => {
    const { epoch, version } = parts.newestList.current
    return {
      [HEADERS.serverTime]: String(parts.clock().getTime()),
      [HEADERS.denyList]: `${epoch}.${version}`,
    }
  }
  const handlers: Handlers<Device> = {
    ...enrolHandlers(parts),
    ...tokenHandlers(parts),
    ...heartbeatHandlers(parts),
    ...deviceHandlers(parts),
    ...visitorHandlers(parts),
    ...denyListHandlers(parts),
    ...streamHandlers({ streams: parts.streams, replyHeaders }),
    ...admissionHandlers(parts),
    ...eventHandlers(parts),
  }
  const mounting = {
    authenticate: (authorization: string | undefined) => {
      const device = parts.deviceOf(authorization)
      return device instanceof Promise ? device.then(working) : working(device)
    },
    replyHeaders,
    onAnswer: hotLog(parts.log, parts.metrics),
  }
  const office: OfficeHandlers = {
    ...accountHandlers(parts),
    ...registerHandlers(parts),
    ...importHandlers(parts),
    ...exportHandlers(parts),
    ...venueTableHandlers(parts),
    ...changeHandlers(parts),
    ...codeHandlers(parts),
    ...policyHandlers(parts),
    ...staffHandlers(parts),
    ...numberHandlers(parts),
    ...applicationHandlers(parts),
    ...deskHandlers(parts),
    ...fleetHandlers(parts),
    ...deliveryHandlers(parts),
  }
  const router = new Router({ strict: true })
  mount(router, api, handlers, mounting)
  mount(router, officeApi, office, { ...mounting, identify: identifier(parts) })

  const document = JSON.stringify(openApiDocument({ ...api, ...officeApi }))
  router.get('/openapi.json', (ctx) => {
    ctx.type = 'application/json'
    ctx.body = document
  })
  if (parts.provider) providerRoutes(router, parts.provider, parts)
  const web = webPages()
  router.get('/assets/:file', web.asset)
  for (const [path, name] of PAGES) router.get(path, web.page(name))
  if (parts.demo) demoOutbox(router, parts.sql)
  router.get('/docs', docs())
  router.get('/docs/:file', docs())
  router.get('/healthz', alive)
  router.get('/readyz', ready(parts.ready))
  router.get('/metrics', async (ctx) => {
    ctx.type = parts.metrics.registry.contentType
    ctx.body = await parts.metrics.registry.metrics()
  })
  return {
    stream: rawStream<Device>(
      'stream',
      api,
      (request, response, device) => parts.streams.open(request, response, device, replyHeaders()),
      mounting,
    ),
    hot: hotPaths(api, handlers, ['admit', 'recordEvents'], mounting),
    cold: router.routes(),
    otherMethods: router.allowedMethods(),
    replyHeaders,
  }
}

/** @throws {RequestProblem} device-revoked, device-pending */
function working(device: Device | undefined): Device | undefined {
  if (device?.state === 'revoked') throw new RequestProblem('device-revoked')
  if (device?.state === 'pending') throw new RequestProblem('device-pending')
  return device
}
