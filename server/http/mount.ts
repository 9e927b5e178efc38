import type { IncomingMessage, ServerResponse } from 'node:http'
import type Router from '@koa/router'
import type { z } from 'zod'
import type { Api } from '../../contract/kiosk/api.ts'
import type { Route, Routes } from '../../contract/http/route.ts'
import { fieldErrors, problemAnswer, RequestProblem } from './problem.ts'
import { readBytes, readJson } from './read-json.ts'

/** A body of bytes. Its type is what the sender says: look before you believe. */
export interface Upload {
  readonly type: string
  /** without folders; '' where the sender gave none */
  readonly name: string
  readonly bytes: Buffer
}

/** An answer that is a file: always saved, never shown as a page of ours. */
export interface Download {
  readonly type: string
  readonly name: string
  readonly bytes: Buffer
}

type Schema<R, Part extends string> =
  R extends Readonly<Record<Part, infer S>> ? (S extends z.ZodType ? z.output<S> : Upload) : undefined
type Reply<R extends Route> = R['reply'] extends z.ZodType
  ? z.input<R['reply']>
  : R['reply'] extends 'binary'
    ? Buffer
    : R['reply'] extends 'file'
      ? Download
      : undefined

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** What a handler is given: everything is parsed, and the device or person known where the route asks for one. */
export interface Request<R extends Route, Device, Person = never> {
  readonly params: Schema<R, 'params'>
  readonly query: Schema<R, 'query'>
  readonly body: Schema<R, 'body'>
  readonly device: R['auth'] extends 'device' ? Device : undefined
  readonly person: R['auth'] extends 'person' ? Person : undefined
  /** for a handler that takes the answer over: streams */
  readonly exchange: Exchange
  /** Of the answer; its body is what the handler returns. */
  readonly setHeaders: (headers: Readonly<Record<string, string | string[]>>) => void
}
type Handle<R extends Route, Device, Person> = (request: Request<R, Device, Person>) => Reply<R> | Promise<Reply<R>>
/** What anybody may send much to: who asks, and how often, is looked at before the body is read into memory. */
interface Guarded<R extends Route, Device, Person> {
  /** @throws {RequestProblem} where the body is not worth reading */
  readonly before?: (request: IncomingMessage) => Promise<void>
  readonly handle: Handle<R, Device, Person>
}
export type Handlers<Device, Table extends Routes = Api, Person = never> = {
  readonly [Name in keyof Table]: Handle<Table[Name], Device, Person> | Guarded<Table[Name], Device, Person>
}

export interface MountParts<Device> {
  /** At once for a token seen before: a scan waits for it. */
  readonly authenticate: (authorization: string | undefined) => Device | undefined | Promise<Device | undefined>
  /**
   * Who calls a route of people, by its name; asked of routes without `auth` too, so that a request made by another
   * site's page is refused there as well. @throws {RequestProblem} unauthenticated, forbidden
   */
  readonly identify?: (name: string, route: Route, request: IncomingMessage) => Promise<unknown>
  /** on every reply */
  readonly replyHeaders: () => Record<string, string>
  readonly onAnswer: (answer: { route: string; status: number; ms: number; thrown: unknown }) => void
}

const DEFAULT_BODY_LIMIT = 64 * 1024

type Mounted = (
  exchange: Exchange,
  pathParams: unknown,
  query: unknown,
  setHeaders: Request<Route, unknown>['setHeaders'],
) => Promise<unknown>

/** Authenticates, parses, asks the handler: the same for all routes. */
function mounted<Device>(name: string, route: Route, handler: unknown, callers: Callers<Device>): Mounted {
  // The mapped type above has checked handler against route; here, over all routes at once, only the shape is left.
  const { before, handle } = (typeof handler === 'function' ? { handle: handler } : handler) as Guarded<
    Route,
    unknown,
    unknown
  >
  const parsed = (schema: z.ZodType, value: unknown): unknown => {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    throw new RequestProblem('invalid-request', fieldErrors(result.error))
  }
  const { authenticate, identify } = callers
  const limit = route.bodyLimit ?? DEFAULT_BODY_LIMIT
  return async (exchange, pathParams, pathQuery, setHeaders) => {
    const { request } = exchange
    let device: Device | undefined
    if (route.auth === 'device') {
      const known = authenticate(request.headers.authorization)
      device = known instanceof Promise ? await known : known
      if (device === undefined) throw new RequestProblem('unauthenticated', [], { 'www-authenticate': 'Bearer' })
    }
    const person = identify && route.auth !== 'device' ? await identify(name, route, request) : undefined
    const params = route.params ? parsed(route.params, pathParams) : undefined
    const query = route.query ? parsed(route.query, pathQuery) : undefined
    if (before) await before(request)
    let body: unknown
    if (route.body === 'file') body = await upload(request, limit)
    else if (route.body) body = parsed(route.body, await readJson(request, limit))
    return handle({ exchange, setHeaders, device, person, params, query, body } as Request<Route, unknown, unknown>)
  }
}
type Callers<Device> = Pick<MountParts<Device>, 'authenticate' | 'identify'>

async function upload(request: IncomingMessage, limit: number): Promise<Upload> {
  const given = request.headers['x-file-name']
  const name = fileName(typeof given === 'string' ? given : '')
  return { type: request.headers['content-type'] ?? '', name, bytes: await readBytes(request, limit) }
}

/** @throws {RequestProblem} invalid-request where it is not encoded as it should be */
function fileName(encoded: string): string {
  try {
    const name = decodeURIComponent(encoded).split(/[/\\]/).at(-1) ?? ''
    return name.replaceAll(/\p{Cc}/gu, '').slice(0, 200)
  } catch {
    throw new RequestProblem('invalid-request', [{ field: 'x-file-name', message: 'is not percent-encoded UTF-8' }])
  }
}

/** Every route of a table on the router. */
export function mount<Device, Table extends Routes, Person>(
  router: Router,
  table: Table,
  handlers: Handlers<Device, Table, Person>,
  parts: Omit<MountParts<Device>, 'identify'> & {
    readonly identify?: (name: string, route: Route, request: IncomingMessage) => Promise<Person | undefined>
  },
): void {
  for (const [name, route] of Object.entries(table)) {
    const answer = mounted(name, route, handlers[name], parts)
    router[route.method](name, route.path, async (ctx) => {
      const exchange = { request: ctx.req, response: ctx.res }
      // what one person may see no cache shows to the next
      if (route.auth === 'person' || route.path.startsWith('/api/')) ctx.set('cache-control', 'no-store')
      const reply = await answer(exchange, ctx.params, { ...ctx.query }, (headers) => ctx.set(headers))
      ctx.status = 200
      if (route.reply === 'event-stream') {
        // the handler has taken the answer over
        ctx.respond = false
        return
      }
      if (route.reply === 'binary') {
        ctx.type = 'application/octet-stream'
        ctx.body = reply
      } else if (route.reply === 'file') {
        const { type, name: file, bytes } = reply as Download
        ctx.set('content-type', type)
        ctx.set('content-security-policy', "default-src 'none'; sandbox")
        ctx.attachment(file)
        ctx.body = bytes
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
    const begin = async (): Promise<void> => {
      let thrown: unknown
      try {
        const device = await authenticate(request.headers.authorization)
        if (device === undefined) throw new RequestProblem('unauthenticated', [], { 'www-authenticate': 'Bearer' })
        open(request, response, device)
      } catch (error) {
        thrown = error
        const { status, headers, body } = problemAnswer(error)
        response.writeHead(status, { ...replyHeaders(), ...headers, 'content-length': Buffer.byteLength(body) })
        response.end(body)
      }
      onAnswer({ route: name, status: response.statusCode, ms: performance.now() - started, thrown })
    }
    void begin()
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
      const answer = mounted(name, api[name], handlers[name], { authenticate })
      return [path, { name, method: method.toUpperCase(), answer }]
    }),
  )
  return (request, response) => {
    const path = paths.get(request.url)
    if (!path || path.method !== request.method) return false
    const started = performance.now()
    const done = (status: number, thrown: unknown): void =>
      onAnswer({ route: path.name, status, ms: performance.now() - started, thrown })
    void path
      .answer({ request, response }, undefined, undefined, (headers) => {
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
