/** A session ends by itself after so long without a request, and after so long in any case. */
export const IDLE_MS = 12 * 3600 * 1000
export const LONGEST_MS = 7 * 24 * 3600 * 1000

export const SESSION_COOKIE = 'dopusk-session'

/** The value of a cookie in a Cookie header, or `undefined`. The first one counts, as in browsers' own order. */
export function cookieValue(header: string | undefined, name: string, longest = 200): string | undefined {
  const pair = header?.split(';').find((part) => part.trimStart().startsWith(`${name}=`))
  const value = pair?.slice(pair.indexOf('=') + 1).trim()
  return value !== undefined && value.length <= longest && /^[\w-]+$/.test(value) ? value : undefined
}

/** A Set-Cookie header that no script of a page reads and no other site's request carries. `maxAge` in seconds. */
export function cookieHeader(name: string, value: string, maxAge: number, secure: boolean): string {
  const end = secure ? '; Secure' : ''
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${end}`
}
