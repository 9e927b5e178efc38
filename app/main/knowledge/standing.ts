import type { Standing } from '../../../contract/decide/decide.ts'
import { listHolds } from '../../../contract/kiosk/deny-list.ts'
import { entryOf } from './deny-list.ts'
import type { Knowledge } from './knowledge.ts'

/** What the kept deny list says of a handle, and how old that is. About 5 µs. */
export function standingOf(handle: string, knowledge: Knowledge, now: Date): Standing {
  const { config, denyList } = knowledge
  if (!denyList) return { kind: 'unknown' }
  const age = Math.max(0, (now.getTime() - denyList.confirmedAt.getTime()) / 1000)
  return listHolds(denyList.entries, entryOf(handle, config.listSalt))
    ? { kind: 'restricted', age }
    : { kind: 'unlisted', age }
}
