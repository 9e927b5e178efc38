import pino from 'pino'
import { z } from 'zod'

/** Ids, states and lengths only: never a pass, a code, a phone number or a name. */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

/** `err` is where pino puts an error that is logged alone. */
const serializers = { error: errorForLog, err: errorForLog }

export const createLog = (level: string, to: pino.DestinationStream = pino.destination(2)): Log =>
  pino({ level, base: { part: 'kiosk' }, serializers }, to)

interface Told {
  readonly name: string
  readonly code?: string | number
  readonly message: string
}

/** What a log may hold of an error. Never what else hangs on it: axios hangs the request there, and with it the pass. */
function errorForLog(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown
  return {
    ...told(thrown),
    stack: framesOf(thrown),
    ...(thrown.cause instanceof Error ? { cause: told(thrown.cause) } : {}),
  }
}

function told(error: Error): Told {
  const code = 'code' in error ? error.code : undefined
  return {
    name: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: messageOf(error),
  }
}

/** Zod quotes names that came from outside, JSON.parse the text itself. */
function messageOf(error: Error): string {
  if (error instanceof z.ZodError) {
    return error.issues.map(({ path, code }) => `${path.map(String).join('.')}: ${code}`).join('; ')
  }
  return error.name === 'SyntaxError' ? 'a text that cannot be read' : error.message
}

/** Without the message, which stands at its head. */
const framesOf = ({ stack }: Error): string | undefined =>
  stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
