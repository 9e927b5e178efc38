import type pg from 'pg'
import type { DenyListManifest } from '../contract/deny-list.ts'
import type { Replica } from '../db/change-feed.ts'
import type { Handlers } from '../http/mount.ts'
import { RequestProblem } from '../http/problem.ts'
import { denyList, type DenyList } from './store.ts'

interface Parts {
  readonly pool: pg.Pool
  readonly newestList: Replica<DenyList>
}

export function denyListHandlers({
  pool,
  newestList,
}: Parts): Pick<Handlers<unknown>, 'denyListManifest' | 'denyListSnapshot'> {
  return {
    denyListManifest: ({ setHeaders }) => {
      const { epoch, version, issuedAt, count, sha256 } = newestList.current
      setHeaders({ etag: `"${epoch}-${version}"`, 'cache-control': 'no-cache' })
      const manifest: DenyListManifest = {
        epoch,
        version,
        issuedAt: issuedAt.toISOString(),
        count,
        sha256,
        snapshot: `/v1/deny-list/snapshot/${epoch}/${version}`,
      }
      return manifest
    },
    denyListSnapshot: async ({ setHeaders, params: { epoch, version } }) => {
      const newest = newestList.current
      const isNewest = newest.epoch === epoch && newest.version === version
      const list = isNewest ? newest : await denyList(pool, epoch, version)
      if (!list) throw new RequestProblem('not-found')
      setHeaders({ etag: `"${epoch}-${version}"`, 'cache-control': 'private, max-age=31536000, immutable' })
      return list.entries
    },
  }
}
