import type { z } from 'zod'

/** One endpoint: what the server checks, what the client's types are, and what /openapi.json says. */
export interface Route {
  readonly method: 'get' | 'post'
  readonly path: string
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  /** `'file'`: the bytes themselves, with their content type, and their name in the header `x-file-name` (encodeURIComponent) */
  readonly body?: z.ZodType | 'file'
  /** bytes that are read before the request is refused with 413 */
  readonly bodyLimit?: number
  readonly reply: z.ZodType | 'binary' | 'event-stream' | 'file'
  /** Who may call: a kiosk, a person with a session (and a role, see office/may-call.ts), or anybody. */
  readonly auth: 'device' | 'person' | 'none'
}
export type Routes = Readonly<Record<string, Route>>

export const route = <const R extends Route>(declaration: R): R => declaration
