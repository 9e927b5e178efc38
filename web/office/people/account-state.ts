import type { AccountState } from '../../../contract/office/people.ts'
import type { Standing } from '../kit/StateWord.tsx'

/** of the cache */
export const PEOPLE = 'people'

export const STANDING: Readonly<Record<AccountState, Standing>> = { invited: 'wait', active: 'good', disabled: 'over' }
