import pino from 'pino'

/** Ids, states and lengths only: never a pass, a code, a phone number or a name. */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

export const createLog = (level: string): Log => pino({ level, base: { part: 'kiosk' } }, pino.destination(2))
