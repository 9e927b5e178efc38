import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client'
import { z } from 'zod'
import type { Sql } from '../db/pool.ts'
import { endLinks } from '../accounts/links.store.ts'
import { normalEmail } from '../accounts/accounts.store.ts'

export interface ProviderSettings {
  /** on the button, as people know it */
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}

/** What must come back as it was sent; the browser keeps it sealed. */
export const Errand = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string(), until: z.int() })
export type Errand = z.infer<typeof Errand>

/** Whom the provider vouches for. `email`: only where it has verified it. */
export interface Vouched {
  readonly issuer: string
  readonly subject: string
  readonly email: string | undefined
}

/** Another provider of OpenID Connect that vouches for people: code flow with PKCE, state and nonce. */
export interface Provider {
  readonly name: string
  /** @param until milliseconds since 1970 */
  begin(callback: string, until: number): Promise<{ readonly address: string; readonly errand: Errand }>
  /** @throws where anything of the answer is not as it should be */
  finish(returned: URL, errand: Errand): Promise<Vouched>
}

const Claims = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  email: z.string().max(254).optional(),
  email_verified: z.boolean().optional(),
})

/** Discovered when first asked for, and again after a failure: this server starts without it. */
export function openIdProvider({ name, issuer, clientId, clientSecret }: ProviderSettings): Provider {
  let found: Promise<Configuration> | undefined
  const configuration = (): Promise<Configuration> => {
    // plain HTTP is for a provider on this very machine
    const plain = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])[:/]/.test(`${issuer}/`)
    found ??= discovery(new URL(issuer), clientId, clientSecret, undefined, {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated only to stand out; on loopback nobody listens
      ...(plain && { execute: [allowInsecureRequests] }),
      timeout: 10,
    }).catch((thrown: unknown) => {
      found = undefined
      throw thrown
    })
    return found
  }
  return {
    name,
    begin: async (callback, until) => {
      const errand = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), until }
      const address = buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback,
        scope: 'openid email',
        state: errand.state,
        nonce: errand.nonce,
        code_challenge: await calculatePKCECodeChallenge(errand.verifier),
        code_challenge_method: 'S256',
      })
      return { address: address.href, errand }
    },
    finish: async (returned, { state, nonce, verifier }) => {
      const tokens = await authorizationCodeGrant(await configuration(), returned, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const { iss, sub, email, email_verified: verified } = Claims.parse(tokens.claims())
      return { issuer: iss, subject: sub, email: verified === true ? email : undefined }
    },
  }
}

/**
 * The account of whom the provider vouches for: by the subject stored with it, else by a verified address, and then the
 * subject is stored: from there on the address counts no more, whoever may get it, nor does an invitation sent there.
 */
export async function accountOfVouched(
  tx: Sql,
  { issuer, subject, email }: Vouched,
  { demo, now }: { readonly demo: boolean; readonly now: Date },
): Promise<number | undefined> {
  const usable = tx.selectFrom('accounts').select('id').where('disabled_at', 'is', null)
  const among = demo ? usable : usable.where('demo', 'is', false)
  const known = await among.where('oidc_issuer', '=', issuer).where('oidc_subject', '=', subject).executeTakeFirst()
  if (known || email === undefined) return known?.id
  const bySubject = await tx
    .selectFrom('accounts')
    .select('id')
    .where('oidc_issuer', '=', issuer)
    .where('oidc_subject', '=', subject)
    .executeTakeFirst()
  // known and disabled: an address is no way round that
  if (bySubject) return undefined
  const byEmail = await among
    .where('email', '=', normalEmail(email))
    .where('oidc_subject', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!byEmail) return undefined
  await tx
    .updateTable('accounts')
    .set({ oidc_issuer: issuer, oidc_subject: subject })
    .where('id', '=', byEmail.id)
    .execute()
  await endLinks(tx, 'invitation', byEmail.id, now)
  return byEmail.id
}
