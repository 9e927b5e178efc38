/** SQLSTATE classes and codes that say "not now", whatever was asked: connection, resources, shutdown, read-only, lost races. */
const NOT_NOW = /^(?:08|53|57|58|XX)|^(?:25006|40001|40P01|55P03)$/
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
/** `pg` gives these no code. */
const MESSAGES = /^(?:Connection terminated|Query read timeout|timeout exceeded when trying to connect|timeout expired)/
const NOT_QUERYABLE = /not queryable|Client was closed/

/** Whether the database (not what was asked of it) failed, so that the same may succeed later. */
export function databaseAway(thrown: unknown): boolean {
  if (thrown instanceof AggregateError) return thrown.errors.some(databaseAway)
  if (!(thrown instanceof Error)) return false
  if ('code' in thrown && typeof thrown.code === 'string') {
    if (NETWORK.has(thrown.code)) return true
    return 'severity' in thrown && NOT_NOW.test(thrown.code)
  }
  return MESSAGES.test(thrown.message) || NOT_QUERYABLE.test(thrown.message)
}
