import type pg from 'pg'
import { writeDelta, type DenyListManifest } from '../../contract/kiosk/deny-list.ts'
import { DOCUMENT_TYPES } from '../../contract/kiosk/keys.ts'
import type { Replica } from '../db/change-feed.ts'
import type { Handlers } from '../http/mount.ts'
import { RequestProblem } from '../http/problem.ts'
import { signDocument, type Signer } from '../keys/signed-document.ts'
import { deltaOf, olderList, type DenyList } from './list-publishing.store.ts'
import { remembered } from './remembered.ts'
import type { Epoch } from './salts.store.ts'

interface Parts {
  readonly pool: pg.Pool
  readonly newestList: Replica<DenyList>
  readonly epoch: Replica<Epoch>
  readonly clock: () => Date
  /** ms since the database last said that nothing is missing here */
  readonly feedAge: () => number
  /** `undefined`: this machine has no key for it that kiosks know of */
  readonly listSigner: () => Signer | undefined
}

/** A manifest is signed anew when it says more than this less than it could (ms), and holds for a day. */
const SIGNED_AGAIN_MS = 30_000
const HOLDS_MS = 24 * 3600 * 1000
const IMMUTABLE = 'private, max-age=31536000, immutable'

interface Manifest {
  readonly list: DenyList
  readonly signer: Signer
  readonly issuedAt: number
  readonly jws: Promise<string>
}

export function denyListHandlers({
  pool,
  newestList,
  epoch: newestEpoch,
  clock,
  feedAge,
  listSigner,
}: Parts): Pick<Handlers<unknown>, 'denyListManifest' | 'denyListSnapshot' | 'denyListDelta'> {
  let signed: Manifest | undefined
  const sign = (list: DenyList, signer: Signer, issuedAt: number): Manifest => {
    const { epoch, version, count, sha256, deltasFrom } = list
    const manifest: DenyListManifest = {
      epoch,
      version,
      issuedAt: new Date(issuedAt).toISOString(),
      expiresAt: new Date(issuedAt + HOLDS_MS).toISOString(),
      count,
      sha256,
      deltasFrom,
      canary: newestEpoch.current.canary,
    }
    return { list, signer, issuedAt, jws: signDocument(DOCUMENT_TYPES.denyList, manifest, signer) }
  }
  // Many kiosks ask for the same few at once. Immutable: what is remembered stays right.
  const delta = remembered(64, (epoch: number, from: number, to: number) => deltaOf(pool, epoch, from, to))
  const older = remembered(4, (_epoch: number, version: number) => olderList(pool, newestList.current, version))
  return {
    denyListManifest: async ({ setHeaders }) => {
      const signer = listSigner()
      const list = newestList.current
      // Between a new salt and the first list under it there is nothing to hand out.
      if (!signer || list.epoch !== newestEpoch.current.epoch) {
        throw new RequestProblem('unavailable', [], { 'retry-after': '2' })
      }
      // Cut off from the database nobody knows what is newest: the manifest says until when this was.
      const confirmed = clock().getTime() - feedAge()
      const fits = signed?.list === list && signed.signer.kid === signer.kid
      if (!fits || !signed || confirmed - signed.issuedAt > SIGNED_AGAIN_MS) signed = sign(list, signer, confirmed)
      const { issuedAt, jws } = signed
      setHeaders({ etag: `"${list.epoch}-${list.version}-${issuedAt}"`, 'cache-control': 'no-cache' })
      return { jws: await jws }
    },
    denyListSnapshot: async ({ setHeaders, params: { epoch, version } }) => {
      const newest = newestList.current
      if (epoch !== newest.epoch) throw new RequestProblem('not-found')
      const entries = version === newest.version ? newest.entries : await older(epoch, version)
      if (!entries) throw new RequestProblem('not-found')
      setHeaders({ etag: `"${epoch}-${version}"`, 'cache-control': IMMUTABLE })
      return bufferOf(entries)
    },
    denyListDelta: async ({ setHeaders, params: { epoch, from, to } }) => {
      const newest = newestList.current
      const found = epoch === newest.epoch && to <= newest.version ? await delta(epoch, from, to) : undefined
      if (!found) throw new RequestProblem('not-found')
      setHeaders({ etag: `"${epoch}-${from}-${to}"`, 'cache-control': IMMUTABLE })
      return bufferOf(writeDelta(found))
    },
  }
}

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength)
