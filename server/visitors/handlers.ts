import type { KeySet } from '../contract/keys.ts'
import type { Replica } from '../db/change-feed.ts'
import type { Handlers } from '../http/mount.ts'

export function visitorHandlers({ keySet }: { readonly keySet: Replica<KeySet> }): Pick<Handlers<unknown>, 'keySet'> {
  return {
    keySet: ({ setHeaders }) => {
      setHeaders({ 'cache-control': 'public, max-age=60' })
      return keySet.current
    },
  }
}
