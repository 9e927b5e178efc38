import type { z } from 'zod'
import { officeApi, type OfficeApi } from '../../contract/office/api.ts'
import { Problem } from '../../contract/http/problem.ts'
import type { Route } from '../../contract/http/route.ts'

/** What the server refused with: `code` is stable, `errors` name fields. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: Problem['code']
  readonly errors: NonNullable<Problem['errors']>
  /** of `moved-on`: where the object stands by now, and who brought it there */
  readonly conflict: Problem['conflict']
  /** seconds after which to ask again, where the server said so */
  readonly retryAfter: number | undefined

  constructor({ status, code, title, errors, conflict }: Problem, retryAfter?: number) {
    super(title)
    this.status = status
    this.code = code
    this.errors = errors ?? []
    this.conflict = conflict
    this.retryAfter = retryAfter
  }
}

/** A file the server gave: save it with `saveFile`. */
export interface GivenFile {
  readonly name: string
  readonly blob: Blob
}

type Part<R, K extends string> = R extends Readonly<Record<K, infer S>> ? S : undefined
type Given<R extends Route> = {
  readonly [K in 'params' | 'query' as Part<R, K> extends z.ZodType ? K : never]: z.input<
    Extract<Part<R, K>, z.ZodType>
  >
} & (Part<R, 'body'> extends z.ZodType
  ? { readonly body: z.input<Extract<Part<R, 'body'>, z.ZodType>> }
  : Part<R, 'body'> extends 'file'
    ? { readonly body: File }
    : unknown)
type Answer<R extends Route> = R['reply'] extends z.ZodType ? z.output<R['reply']> : GivenFile
type Wants<R extends Route> = Extract<'params' | 'query' | 'body', keyof R>
type Call<R extends Route> = [Wants<R>] extends [never]
  ? (given?: undefined, signal?: AbortSignal) => Promise<Answer<R>>
  : (given: Given<R>, signal?: AbortSignal) => Promise<Answer<R>>
type Client = { readonly [Name in keyof OfficeApi]: Call<OfficeApi[Name]> }

interface AnyGiven {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

function address({ path }: Route, { params, query }: AnyGiven): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params?.[name])))
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '')
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? filled : `${filled}?${text}`
}

function sent(route: Route, { body }: AnyGiven): RequestInit {
  if (body instanceof File) {
    const headers = {
      'content-type': body.type || 'application/octet-stream',
      'x-file-name': encodeURIComponent(body.name),
    }
    return { method: 'POST', headers, body }
  }
  if (!route.body) return { method: route.method.toUpperCase() }
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** @throws {ApiProblem} */
async function refusal(response: Response): Promise<never> {
  const problem = Problem.safeParse(await response.json().catch(() => undefined))
  const unknown: Problem = { type: 'about:blank', title: '', status: response.status, code: 'unavailable' }
  throw new ApiProblem(problem.data ?? unknown, Number(response.headers.get('retry-after') ?? NaN) || undefined)
}

async function call(route: Route, given: AnyGiven, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(address(route, given), { ...sent(route, given), ...(signal && { signal }) }).catch(
    (thrown: unknown) => {
      if (signal?.aborted) throw thrown
      throw new ApiProblem({ type: 'about:blank', title: '', status: 0, code: 'unavailable' })
    },
  )
  if (!response.ok) return refusal(response)
  if (typeof route.reply !== 'string') return route.reply.parse(await response.json())
  return { name: nameOf(response), blob: await response.blob() }
}

/** `attachment; filename="a.pdf"; filename*=UTF-8''%D0%B0.pdf` */
function nameOf(response: Response): string {
  const disposition = response.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  return encoded === undefined ? (/filename="?([^";]+)/i.exec(disposition)?.[1] ?? 'file') : decodeURIComponent(encoded)
}

/**
 * Every endpoint of the contract as a function: `api.people({ query: { page: 2 } })`.
 * Throws {@link ApiProblem}; answers are parsed with the contract's schemas.
 */
export const api = Object.fromEntries(
  Object.entries<Route>(officeApi).map(([name, route]) => [
    name,
    (given: AnyGiven = {}, signal?: AbortSignal) => call(route, given, signal),
  ]),
) as unknown as Client

/** Lets the browser save it under its name. */
export function saveFile({ name, blob }: GivenFile): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
