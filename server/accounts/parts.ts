import type { Sql } from '../db/pool.ts'
import type { Secrets } from './secrets/store.ts'
import type { Attempts } from './sign-in/store.ts'
import type { Provider } from './provider/store.ts'

/** What the endpoints of accounts stand on. */
export interface AccountParts {
  readonly sql: Sql
  readonly clock: () => Date
  readonly publicUrl: () => string
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
