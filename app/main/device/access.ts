/**
 * Access tokens of this terminal: asked for ahead of their end, in the background, so that no scan waits for one. One
 * question at a time, however many wait for its answer.
 */
import type { Problem } from '../../../contract/http/problem.ts'
import { Unreachable } from '../ports.ts'

export interface Pass {
  readonly server: string
  readonly token: string
}

/** What the token endpoint said. */
export type TokenAnswer =
  | { readonly kind: 'granted'; readonly token: string; readonly seconds: number }
  | { readonly kind: 'refused'; readonly code: Problem['code'] }

export interface Access {
  /** Where to ask and with what, at once; `undefined`: no token is good now. */
  now(): Pass | undefined
  /** The same, asked for where there is none. @throws {Unreachable} */
  soon(): Promise<Pass>
  /** The server would not take it: another is asked for. */
  spent(token: string): void
  /** What came beside the usual way: with a new key. */
  given(token: string, seconds: number): void
  /** Another server, another key, or none: what was got so far is worth nothing. */
  forget(): void
  stop(): void
}

export interface AccessParts {
  /** `undefined`: not enrolled */
  readonly server: () => string | undefined
  /** @throws {Unreachable} */
  readonly ask: () => Promise<TokenAnswer>
  /** ms, monotonic */
  readonly now: () => number
  readonly onRefused: (code: Problem['code']) => void
  readonly onGranted: () => void
  readonly random?: () => number
}

/** A token is not used in its last so many ms: a request takes its time. */
const MARGIN_MS = 15_000
/** Renewed between these parts of its life, at random: 20,000 terminals started by the same power-on must not ask together. */
const RENEW_FROM = 0.6
const RENEW_TO = 0.85

export function createAccess(parts: AccessParts): Access {
  const random = parts.random ?? Math.random
  let held: { readonly pass: Pass; readonly until: number } | undefined
  let asking: Promise<Pass> | undefined
  let timer: NodeJS.Timeout | undefined
  let generation = 0
  let stopped = false

  const now = (): Pass | undefined => (held && parts.now() < held.until ? held.pass : undefined)
  const take = (server: string, token: string, seconds: number): Pass => {
    const pass = { server, token }
    const lives = seconds * 1000
    held = { pass, until: parts.now() + lives - MARGIN_MS }
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(renew, lives * (RENEW_FROM + random() * (RENEW_TO - RENEW_FROM)))
    return pass
  }
  // What fails now is asked for again by whoever needs it.
  const renew = (): void => void ask().catch(() => undefined)

  const ask = (): Promise<Pass> => {
    asking ??= fetched().finally(() => {
      asking = undefined
    })
    return asking
  }
  const fetched = async (): Promise<Pass> => {
    const server = parts.server()
    if (server === undefined) throw new Unreachable('this terminal is not enrolled')
    const of = generation
    const answer = await parts.ask()
    if (of !== generation) throw new Unreachable('enrolled anew meanwhile')
    if (answer.kind === 'refused') {
      parts.onRefused(answer.code)
      throw new Unreachable(`no token: ${answer.code}`)
    }
    const pass = take(server, answer.token, answer.seconds)
    parts.onGranted()
    return pass
  }

  return {
    now,
    soon: async () => now() ?? (await ask()),
    spent(token) {
      if (held?.pass.token === token) held = undefined
    },
    given(token, seconds) {
      const server = parts.server()
      if (server !== undefined) take(server, token, seconds)
    },
    forget() {
      generation++
      held = undefined
      asking = undefined
      clearTimeout(timer)
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
