/** A kiosk that learns from an authority, or from somebody who spoils what it says. */
import { NOTHING_SEEN, type Held } from '../knowledge/knowledge.ts'
import { rootSigners } from '../knowledge/signed-document.ts'
import {
  syncConfig,
  syncDenyList,
  syncKeys,
  type Refusal,
  type Source,
  type SyncParts,
  type SyncStep,
} from '../knowledge/sync.ts'
import type { Authority } from './authority.ts'

export const fresh: Held = { seen: NOTHING_SEEN }

interface Learner {
  readonly refusals: readonly Refusal[]
  /** which files of lists were fetched */
  readonly asked: readonly string[]
  learn(held: Held, steps?: readonly SyncStep[]): Promise<Held>
}

export function kiosk(authority: Authority, source: Partial<Source> = {}): Learner {
  const refusals: Refusal[] = []
  const asked: string[] = []
  const parts: SyncParts = {
    source: {
      ...authority.source,
      denyListSnapshot: (epoch, version) => {
        asked.push(`snapshot ${version}`)
        return authority.source.denyListSnapshot(epoch, version)
      },
      denyListDelta: (epoch, from, to) => {
        asked.push(`delta ${from}-${to}`)
        return authority.source.denyListDelta(epoch, from, to)
      },
      ...source,
    },
    roots: rootSigners([authority.rootKey]),
    now: () => authority.now,
    onRefused: (refusal) => refusals.push(refusal),
    onSigned: () => undefined,
  }
  const learn = async (held: Held, steps: readonly SyncStep[] = [syncKeys, syncConfig, syncDenyList]) => {
    let next = held
    for (const step of steps) next = await step(next, parts)
    return next
  }
  return { refusals, asked, learn }
}
