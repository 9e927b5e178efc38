import type { IncomingMessage, ServerResponse } from 'node:http'
import type Router from '@koa/router'
import type { z } from 'zod'
import type { Api, Route } from '../contract/api.ts'
import { fieldErrors, problemAnswer, RequestProblem } from './problem.ts'
import { readJson } from './read-json.ts'

type Schema<R, Part extends string> =
  R extends Readonly<Record<Part, infer S extends z.ZodType>> ? z.output<S> : undefined
type Reply<R extends Route> = R['reply'] extends z.ZodType
  ? z.input<R['reply']>
  : R['reply'] extends 'binary'
    ? Buffer
    : undefined

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** What a handler is given: everything is parsed, and the device known where the route asks for one. */
export interface Request<R extends Route, Device> {
  readonly params: Schema<R, 'params'>
  readonly body: Schema<R, 'body'>
  readonly device: R['auth'] extends 'device' ? Device : undefined
  /** for a handler that takes the answer over: streams */
  readonly exchange: Exchange
  /** Of the answer; its body is what the handler returns. */
  readonly setHeaders: (headers: Readonly<Record<string, string>>) => void
}
export type Handlers<Device> = {
  readonly [Name in keyof Api]: (request: Request<Api[Name], Device>) => Reply<Api[Name]> | Promise<Reply<Api[Name]>>
}

export interface MountParts<Device> {
  readonly authenticate: (authorization: string | undefined) => Device | undefined
  /** on every reply */
  readonly replyHeaders: () => Record<string, string>
  readonly onAnswer: (answer: { route: string; status: number; ms: number; thrown: unknown }) => void
}

const DEFAULT_BODY_LIMIT = 64 * 1024

type Mounted = (
  exchange: Exchange,
  pathParams: unknown,
  setHeaders: Request<Route, unknown>['setHeaders'],
) => Promise<unknown>

/** Authenticates, parses, asks the handler: the same for all routes. */
function mounted<Device>(route: Route, handler: unknown, authenticate: MountParts<Device>['authenticate']): Mounted {
  // The mapped type above has checked handler against route; here, over all routes at once, only the shape is left.
  const handle = handler as (request: Request<Route, unknown>) => unknown
  const parsed = (schema: z.ZodType, value: unknown): unknown => {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    throw new RequestProblem('invalid-request', fieldErrors(result.error))
  }
  return async (exchange, pathParams, setHeaders) => {
    const { request } = exchange
    let device: Device | undefined
    if (route.auth === 'device') {
      device = authenticate(request.headers.authorization)
      if (device === undefined) throw new RequestProblem('unauthenticated', [], { 'www-authenticate': 'Bearer' })
    }
    const params = route.params ? parsed(route.params, pathParams) : undefined
    const body = route.body
      ? parsed(route.body, await readJson(request, route.bodyLimit ?? DEFAULT_BODY_LIMIT))
      : undefined
    return handle({ exchange, setHeaders, device, params, body } as Request<Route, unknown>)
  }
}

/** Every route of the contract on the router. */
export function mount<Device>(router: Router, api: Api, handlers: Handlers<Device>, parts: MountParts<Device>): void {
  for (const [name, route] of Object.entries(api) as [keyof Api, Route][]) {
    const answer = mounted(route, handlers[name], parts.authenticate)
    router[route.method](name, route.path, async (ctx) => {
      const reply = await answer({ request: ctx.req, response: ctx.res }, ctx.params, (headers) => ctx.set(headers))
      ctx.status = 200
      if (route.reply === 'event-stream') {
        // the handler has taken the answer over
        ctx.respond = false
        return
      }
      if (route.reply === 'binary') {
        ctx.type = 'application/octet-stream'
        ctx.body = reply
      } else {
        ctx.type = 'application/json'
        ctx.body = JSON.stringify(reply)
      }
      if (ctx.fresh) ctx.status = 304
    })
  }
}

/** A stream of the contract, opened without the framework: what that keeps of a request would stay as long as the stream. */
export function rawStream<Device>(
  name: keyof Api,
  api: Api,
  open: (request: IncomingMessage, response: ServerResponse, device: Device) => void,
  { authenticate, replyHeaders, onAnswer }: MountParts<Device>,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    if (request.url !== api[name].path || request.method !== 'GET') return false
    const started = performance.now()
    let thrown: unknown
    try {
      const device = authenticate(request.headers.authorization)
      if (device === undefined) throw new RequestProblem('unauthenticated', [], { 'www-authenticate': 'Bearer' })
      open(request, response, device)
    } catch (error) {
      thrown = error
      const { status, headers, body } = problemAnswer(error)
      response.writeHead(status, { ...replyHeaders(), ...headers, 'content-length': Buffer.byteLength(body) })
      response.end(body)
    }
    onAnswer({ route: name, status: response.statusCode, ms: performance.now() - started, thrown })
    return true
  }
}

/** Takes the request where it is for a hot path. @returns whether it did */
export type HotPaths = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * The routes a scan waits for, found by their exact path and answered ahead of Koa and its router, which would take 6
 * of the 46 µs of CPU that Node spends on an admission. Parsing, authentication and problems are the same as on all routes.
 */
export function hotPaths<Device>(
  api: Api,
  handlers: Handlers<Device>,
  names: readonly (keyof Api)[],
  { authenticate, replyHeaders, onAnswer }: MountParts<Device>,
): HotPaths {
  const paths = new Map<string | undefined, { name: string; method: string; answer: Mounted }>(
    names.map((name) => {
      const { path, method } = api[name]
      return [path, { name, method: method.toUpperCase(), answer: mounted(api[name], handlers[name], authenticate) }]
    }),
  )
  return (request, response) => {
    const path = paths.get(request.url)
    if (!path || path.method !== request.method) return false
    const started = performance.now()
    const done = (status: number, thrown: unknown): void =>
      onAnswer({ route: path.name, status, ms: performance.now() - started, thrown })
    void path
      .answer({ request, response }, undefined, (headers) => {
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      })
      .then(
        (reply) => {
          send(response, 200, { ...replyHeaders(), 'content-type': 'application/json' }, JSON.stringify(reply))
          done(200, undefined)
        },
        (thrown: unknown) => {
          const { status, headers, body } = problemAnswer(thrown)
          send(response, status, { ...replyHeaders(), ...headers }, body)
          done(status, thrown)
        },
      )
    return true
  }
}

function send(response: ServerResponse, status: number, headers: Readonly<Record<string, string>>, body: string): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
