/** What a person's browser does with the API: cookies, origin, the contract's routes; or a program without either. */
import type { z } from 'zod'
import { Problem } from '../../contract/http/problem.ts'
import type { Route } from '../../contract/http/route.ts'

interface File {
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
}
type Sent<R, Part extends string> =
  R extends Readonly<Record<Part, infer S>>
    ? Readonly<Record<Part, S extends z.ZodType ? z.input<S> : File>>
    : Readonly<Partial<Record<Part, never>>>
type Given<R> = Sent<R, 'params'> & Sent<R, 'query'> & Sent<R, 'body'>
type Reply<R extends Route> = R['reply'] extends z.ZodType ? z.output<R['reply']> : Buffer

class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly code: string
  constructor(route: Route, status: number, problem: string, code: string) {
    super(`${route.method.toUpperCase()} ${route.path} was answered with ${status} ${problem}`)
    this.status = status
    this.code = code
  }
}

export interface Browser {
  /** Bearer of `authorization`, where a route asks for one. */
  bearer: string | undefined
  /** @throws {Refused} */
  call<const R extends Route>(route: R, given: Given<R>): Promise<Reply<R>>
}

interface Loose {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

export function browserAt(origin: string): Browser {
  const cookies = new Map<string, string>()
  const browser: Browser = {
    bearer: undefined,
    async call(route, given) {
      const { params = {}, query = {}, body } = given as Loose
      const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
      const url = new URL(path, origin)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
      const headers = new Headers({ origin, 'sec-fetch-site': 'same-origin' })
      if (cookies.size > 0) headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
      if (browser.bearer !== undefined) headers.set('authorization', `Bearer ${browser.bearer}`)
      const response = await fetch(url, { method: route.method.toUpperCase(), headers, ...sent(route, body, headers) })
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
        if (value === '') cookies.delete(name)
        else cookies.set(name, value)
      }
      const bytes = Buffer.from(await response.arrayBuffer())
      if (response.status !== 200) {
        const problem = Problem.safeParse(jsonOf(bytes)).data
        const fields = problem?.errors?.map(({ field, message }) => `${field}: ${message}`).join(', ') ?? ''
        throw new Refused(route, response.status, `${problem?.code ?? ''} ${fields}`, problem?.code ?? '')
      }
      const { reply } = route
      return (typeof reply === 'string' ? bytes : reply.parse(jsonOf(bytes))) as Reply<typeof route>
    },
  }
  return browser
}

function sent(route: Route, body: unknown, headers: Headers): { body?: string | Uint8Array<ArrayBuffer> } {
  if (route.body === 'file') {
    const { name, type, bytes } = body as File
    headers.set('content-type', type)
    headers.set('x-file-name', encodeURIComponent(name))
    return { body: new Uint8Array(bytes) }
  }
  if (route.body === undefined) return {}
  headers.set('content-type', 'application/json')
  return { body: JSON.stringify(body) }
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

/** @throws where it is not refused, or with another code */
export async function refusedWith(code: string, call: Promise<unknown>): Promise<void> {
  const outcome = await call.then(
    () => 'was answered',
    (thrown: unknown) => (thrown instanceof Refused ? thrown.code : String(thrown)),
  )
  if (outcome !== code) throw new Error(`expected a refusal with "${code}", but it ${outcome}`)
}
