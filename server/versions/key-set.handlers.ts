import type { Replica } from '../db/change-feed.ts'
import type { Handlers } from '../http/mount.ts'
import { RequestProblem } from '../http/problem.ts'
import type { SignedKeySet } from '../keys/key-set.ts'

interface Parts {
  readonly keySet: Replica<SignedKeySet | undefined>
}

export function visitorHandlers({ keySet }: Parts): Pick<Handlers<unknown>, 'keySet'> {
  return {
    keySet: ({ setHeaders }) => {
      if (!keySet.current) throw new RequestProblem('unavailable', [], { 'retry-after': '30' })
      const { jws, keySet: said } = keySet.current
      setHeaders({ etag: `"${said.version}"`, 'cache-control': 'no-cache' })
      return { jws }
    },
  }
}
