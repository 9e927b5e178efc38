import type { KeyObject } from 'node:crypto'
import type { PassKey } from '../../contract/kiosk/keys.ts'
import type { ChangeFeed, Replica } from '../db/change-feed.ts'
import type { Sql } from '../db/pool.ts'
import { loadPassKeys, newestKeySet, type SignedKeySet } from './key-set.ts'
import type { Opener } from './opener.ts'
import { loadServerKeys, signerOf, type OwnKey } from './server-keys.ts'
import type { Signer } from './signed-document.ts'

/** All keys that a running server needs, kept as new as the database. */
export interface KeyRing {
  /** `undefined`: no root has signed one yet */
  readonly keySet: Replica<SignedKeySet | undefined>
  readonly passKeys: Replica<readonly PassKey[]>
  readonly serverKeys: Replica<readonly OwnKey[]>
  /** `undefined`: no key of that use is both published and on this machine */
  readonly configSigner: () => Signer | undefined
  readonly listSigner: () => Signer | undefined
  /** a seal key of ours whose private half is on another machine */
  readonly isElsewhere: (kid: string) => boolean
}

export async function keyRing(
  db: Sql,
  feed: ChangeFeed,
  folder: string,
  opener: Opener,
  onChange: () => void,
): Promise<KeyRing> {
  const keySet = await feed.follow('key_sets', () => newestKeySet(db), onChange)
  const arm = (): void => {
    const seal = serverKeys.current.flatMap(({ use, kid, privateKey }): [string, KeyObject][] =>
      use === 'seal' && privateKey ? [[kid, privateKey]] : [],
    )
    opener.use({ seal: new Map(seal), pass: passKeys.current })
  }
  const serverKeys = await feed.follow(
    'server_keys',
    () => loadServerKeys(db, folder),
    () => arm(),
  )
  const passKeys = await feed.follow(
    'pass_keys',
    () => loadPassKeys(db),
    () => arm(),
  )
  arm()
  const signer = (use: 'config' | 'list'): Signer | undefined =>
    signerOf(use, serverKeys.current, keySet.current?.keySet.serverKeys ?? [])
  return {
    keySet,
    passKeys,
    serverKeys,
    configSigner: () => signer('config'),
    listSigner: () => signer('list'),
    isElsewhere: (kid) => serverKeys.current.some((key) => key.use === 'seal' && key.kid === kid && !key.privateKey),
  }
}
