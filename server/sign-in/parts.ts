import type { AccountParts } from '../accounts/parts.ts'
import type { Secrets } from '../accounts/secrets.io.ts'
import type { Attempts } from './attempts.store.ts'
import type { Provider } from './provider.io.ts'

/** What the endpoints of signing in stand on. */
export interface SignInParts extends AccountParts {
  readonly demo: boolean
  readonly secrets: Secrets
  readonly attempts: Attempts
  /** proxies of ours in front */
  readonly proxies: number
  /** of OpenID Connect, where one is set */
  readonly provider: Provider | undefined
  /** Goes on after the answer; a failure is logged, and the server does not stop before its end. */
  readonly inBackground: (work: Promise<void>) => void
}
