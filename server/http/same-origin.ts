import type { IncomingMessage } from 'node:http'
import { RequestProblem } from './problem.ts'

/**
 * Refuses a request that another site's page may have made with our cookies. Browsers say where a request comes from in
 * Sec-Fetch-Site (on HTTPS and loopback) and, on POST, in Origin; a request with neither is refused: no browser sends one.
 * @param publicUrl origin that people open; a proxy may have rewritten Host
 * @throws {RequestProblem} cross-site
 */
export function checkSameOrigin({ headers }: IncomingMessage, publicUrl: string): void {
  const site = headers['sec-fetch-site']
  const { origin, host } = headers
  if (site !== undefined && site !== 'same-origin') throw new RequestProblem('cross-site')
  if (origin === undefined ? site === undefined : !ours(origin, host, publicUrl)) throw new RequestProblem('cross-site')
}

function ours(origin: string, host: string | undefined, publicUrl: string): boolean {
  if (origin === publicUrl) return true
  const url = URL.parse(origin)
  return url !== null && host !== undefined && url.host === host && /^https?:$/.test(url.protocol)
}
