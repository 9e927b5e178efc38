import type { Sql } from '../db/pool.ts'

/** What the endpoints of accounts stand on. */
export interface AccountParts {
  readonly sql: Sql
  readonly clock: () => Date
  readonly publicUrl: () => string
}
