import type { AccountState } from '../../../contract/office/accounts/people.ts'
import type { Standing } from '../parts/StateWord.tsx'

/** of the cache */
export const PEOPLE = 'people'

export const STANDING: Readonly<Record<AccountState, Standing>> = { invited: 'wait', active: 'good', disabled: 'over' }
