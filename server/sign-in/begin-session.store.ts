import type { IncomingMessage } from 'node:http'
import { clientAddress } from '../http/client-address.ts'
import type { Sql } from '../db/pool.ts'
import type { SignInParts } from './parts.ts'
import { browserWords } from './browser-words.ts'
import { DEVICE_COOKIE, DEVICE_COOKIE_SECONDS, remember } from './attempts.store.ts'
import { cookieHeader, cookieValue, LONGEST_MS, SESSION_COOKIE } from '../accounts/session.ts'
import { digest, newToken, openSession } from '../accounts/sessions.store.ts'

/** Who asks, before we know who it is. */
export interface Asker {
  readonly network: string
  readonly device: string
  readonly deviceToken: string | undefined
  readonly sessionToken: string | undefined
}

export function askerOf(request: IncomingMessage, { proxies }: Pick<SignInParts, 'proxies'>): Asker {
  const { headers } = request
  return {
    network: clientAddress(request, proxies).slice(0, 64),
    device: browserWords(headers['user-agent']),
    deviceToken: cookieValue(headers.cookie, DEVICE_COOKIE),
    sessionToken: cookieValue(headers.cookie, SESSION_COOKIE),
  }
}

type Parts = Pick<SignInParts, 'clock' | 'publicUrl'>

/**
 * A session with a new cookie, whatever cookie came: one that somebody planted is worth nothing, one that was good ends.
 * @returns Set-Cookie headers
 */
export async function beginSession(
  tx: Sql,
  accountId: number,
  asker: Asker,
  parts: Parts,
  vouched: 'password' | 'provider' = 'password',
): Promise<string[]> {
  const now = parts.clock()
  if (asker.sessionToken !== undefined) {
    await tx
      .updateTable('sessions')
      .set({ ended_at: now })
      .where('token_sha256', '=', digest(asker.sessionToken))
      .where('ended_at', 'is', null)
      .execute()
  }
  const token = await openSession(tx, { accountId, device: asker.device, network: asker.network, at: now, vouched })
  const secure = parts.publicUrl().startsWith('https:')
  const session = cookieHeader(SESSION_COOKIE, token, LONGEST_MS / 1000, secure)
  return [session, await knowDevice(tx, accountId, asker, parts)]
}

/** The browser proved to be the account's: what strangers do no longer shuts it out. @returns a Set-Cookie header */
export async function knowDevice(tx: Sql, accountId: number, asker: Asker, parts: Parts): Promise<string> {
  const token = newToken()
  if (asker.deviceToken !== undefined) {
    await tx.deleteFrom('known_devices').where('token_sha256', '=', digest(asker.deviceToken)).execute()
  }
  await remember(tx, accountId, asker, token, parts.clock())
  return cookieHeader(DEVICE_COOKIE, token, DEVICE_COOKIE_SECONDS, parts.publicUrl().startsWith('https:'))
}
