import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Problem } from '../../contract/http/problem.ts'
import { databaseAway } from '../db/database-away.ts'

export type ProblemCode = Problem['code']

const STATUS: Readonly<Record<ProblemCode, readonly [status: number, title: string]>> = {
  'malformed-json': [400, 'The body is no JSON'],
  'invalid-request': [400, 'The request does not have the shape it should have'],
  'unreadable-credential': [400, 'The credential is no pass of ours'],
  unauthenticated: [401, 'Nobody is known by this token or session'],
  'device-revoked': [403, 'This device was struck off'],
  'invalid-client': [401, 'The assertion is not one of a device that is known here'],
  'device-pending': [403, 'This device waits for approval'],
  'enrolment-refused': [403, 'No device can be enrolled with this code'],
  'second-factor-needed': [403, 'A second factor must be added first'],
  forbidden: [403, 'Not allowed'],
  'cross-site': [403, 'The request does not come from a page of this server'],
  'wrong-credentials': [401, 'No account with this address and password'],
  'wrong-code': [401, 'The code is wrong, over or used'],
  'no-password': [403, 'The account has no password here'],
  'link-over': [404, 'The link was used or is over'],
  'last-operator': [409, 'This is the last Operator'],
  'not-invited': [409, 'The account waits for no invitation'],
  'second-factor-stays': [409, 'A role of this account needs the second factor'],
  'too-many-attempts': [429, 'Too many attempts'],
  'other-access-point': [403, 'The access point is not one of the device’s venue'],
  'not-found': [404, 'There is nothing here'],
  conflict: [409, 'It is not in the state that this needs, or the name is taken'],
  'method-not-allowed': [405, 'Not with this method'],
  'mail-on-its-way': [409, 'The mail is being sent'],
  'mail-forgotten': [409, 'What stood in the mail is gone'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The body must be application/json'],
  'moved-on': [409, 'It was changed meanwhile'],
  'duplicate-application': [409, 'There is an application for this venue'],
  'link-outdated': [410, 'The link is out of date'],
  'unsupported-file': [415, 'The file must be a PDF, JPEG or PNG'],
  'too-many-files': [409, 'There are enough files'],
  'too-many-requests': [429, 'Too many requests; come back later'],
  internal: [500, 'The server failed'],
  unavailable: [503, 'The server cannot answer now; ask again'],
}

type FieldError = NonNullable<Problem['errors']>[number]

/** What a request is refused with. Nothing of the request's own text goes into it but names of fields. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem'
  readonly code: ProblemCode
  readonly errors: readonly FieldError[]
  readonly headers: Readonly<Record<string, string>>
  readonly conflict: Problem['conflict']

  constructor(
    code: ProblemCode,
    errors: readonly FieldError[] = [],
    headers: Readonly<Record<string, string>> = {},
    conflict?: Problem['conflict'],
  ) {
    super(STATUS[code][1])
    this.code = code
    this.errors = errors
    this.headers = headers
    this.conflict = conflict
  }
}

/** Each issue with the field it is about; an unknown field is named itself, the whole body is `''`. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => {
    const at = issue.path.map(String)
    if (issue.code !== 'unrecognized_keys') return [{ field: at.join('.'), message: issue.message }]
    return issue.keys.map((key) => ({ field: [...at, key.slice(0, 60)].join('.'), message: 'unknown field' }))
  })
}

export interface ProblemAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The application/problem+json answer (RFC 9457) for whatever was thrown. What is not ours to show becomes `internal`. */
export function problemAnswer(thrown: unknown): ProblemAnswer {
  const problem = thrown instanceof RequestProblem ? thrown : problemOf(thrown)
  const [status, title] = STATUS[problem.code]
  const errors = problem.errors.slice(0, 20)
  const body: Problem = {
    type: 'about:blank',
    title,
    status,
    code: problem.code,
    ...(errors.length > 0 && { errors }),
    ...(problem.conflict && { conflict: problem.conflict }),
  }
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...problem.headers },
    body: JSON.stringify(body),
  }
}

function problemOf(thrown: unknown): RequestProblem {
  if (databaseAway(thrown)) return new RequestProblem('unavailable', [], { 'retry-after': '2' })
  // Koa and its router throw `http-errors` for what is wrong with a request, URIError for a wrong %-escape.
  const status = thrown instanceof URIError ? 400 : statusOf(thrown)
  if (status === 404) return new RequestProblem('not-found')
  return new RequestProblem(status !== undefined && status < 500 ? 'invalid-request' : 'internal')
}

function statusOf(thrown: unknown): number | undefined {
  return thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number' ? thrown.status : undefined
}

/** What a log may hold of an error: a message may quote the request, a PostgreSQL detail its values. */
export function errorForLog(thrown: unknown): { name: string; code: string | undefined; at: string | undefined } {
  if (!(thrown instanceof Error)) return { name: typeof thrown, code: undefined, at: undefined }
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
  const frames = thrown.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return { name: thrown.name, code, at: frames?.slice(0, 4).join(' ').replaceAll(/\s+/g, ' ') }
}

/** Turns what the rest throws, and paths nobody answered, into problems. Whatever writes headers and logs stands outside of it. */
export function problems(log: Logger): Middleware {
  return async (ctx, next) => {
    try {
      await next()
      if (ctx.body !== undefined) return
      if (ctx.status === 404) throw new RequestProblem('not-found')
      // The router has set Allow. It says 501 to a method it never heard of: the sender's fault just as well.
      if (ctx.status === 405 || ctx.status === 501) throw new RequestProblem('method-not-allowed')
    } catch (thrown) {
      const answer = problemAnswer(thrown)
      if (answer.status >= 500) log.error({ error: errorForLog(thrown), status: answer.status }, 'request failed')
      ctx.status = answer.status
      ctx.set(answer.headers)
      ctx.body = answer.body
    }
  }
}
