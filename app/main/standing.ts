import { createHmac } from 'node:crypto'
import type { Standing } from '../../server/contract/decide.ts'
import { ENTRY_BYTES, entryMessage, listHolds } from '../../server/contract/deny-list.ts'
import { bytesOfHex } from '../../server/contract/pass.ts'
import type { Knowledge } from './knowledge.ts'

/** What the kept deny list says of a handle, and how old that is. About 5 µs. */
export function standingOf(handle: string, knowledge: Knowledge, now: Date): Standing {
  const { config, denyList } = knowledge
  if (!denyList) return { kind: 'unknown' }
  const entry = createHmac('sha256', Buffer.from(config.listSalt, 'base64url'))
    .update(entryMessage(bytesOfHex(handle)))
    .digest()
    .subarray(0, ENTRY_BYTES)
  const age = Math.max(0, (now.getTime() - denyList.confirmedAt.getTime()) / 1000)
  return listHolds(denyList.entries, entry) ? { kind: 'restricted', age } : { kind: 'unlisted', age }
}
