/**
 * Brings what the kiosk knows up to date with the server: key set, then configuration, then deny list, since each is
 * verified by the one before it. Whatever is not sound, older than what was seen, or out of its time is left where it
 * is, what is held stays, and the refusal is told.
 */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { assertNever } from '../../../contract/assert-never.ts'
import { DenyListManifest, readDelta } from '../../../contract/kiosk/deny-list.ts'
import { DeviceConfig } from '../../../contract/kiosk/device-config.ts'
import { DOCUMENT_TYPES, KeySet } from '../../../contract/kiosk/keys.ts'
import { isOfManifest, merge, planList, type DenyList } from './deny-list.ts'
import { inSlices } from './in-slices.ts'
import type { Held } from './knowledge.ts'
import { Unreachable } from '../ports.ts'
import { readSigned, signersOf, type SignerOf, type Unsound } from './signed-document.ts'
import type { ServerClient } from '../link/server-client.ts'

export type Source = Pick<
  ServerClient,
  'keySet' | 'deviceConfig' | 'denyListManifest' | 'denyListSnapshot' | 'denyListDelta'
>

export interface Refusal {
  readonly document: 'keys' | 'config' | 'denyList'
  readonly why: Unsound | 'rolled-back' | 'expired' | 'two-of-one-version' | 'not-of-its-manifest'
}

export interface SyncParts {
  readonly source: Source
  readonly roots: SignerOf
  /** our best guess of the server's time */
  readonly now: () => Date
  readonly onRefused: (refusal: Refusal) => void
  /** a sound document was signed then */
  readonly onSigned: (at: Date) => void
}

/** One part is brought up to date; what is returned is held from then on (the swap is the caller's one assignment). */
export type SyncStep = (held: Held, parts: SyncParts) => Promise<Held>

/** @throws {Unreachable} each step */
export const syncKeys: SyncStep = async (held, { source, roots, now, onRefused, onSigned }) => {
  const jws = await source.keySet()
  if (held.keySet && jws === held.keySet.jws && !isOver(held.keySet.value, now())) {
    return { ...held, keySet: { ...held.keySet, confirmedAt: now() } }
  }
  const reading = await readSigned(jws, DOCUMENT_TYPES.keys, KeySet, roots)
  const refuse = (why: Refusal['why']): Held => {
    onRefused({ document: 'keys', why })
    return held
  }
  if (reading.kind === 'unsound') return refuse(reading.why)
  const { value } = reading
  if (value.version < held.seen.keys) return refuse('rolled-back')
  if (isOver(value, now())) return refuse('expired')
  onSigned(new Date(value.issuedAt))
  const next = { ...held, seen: { ...held.seen, keys: value.version }, keySet: { jws, value, confirmedAt: now() } }
  // A list whose signer has lost our trust is no list.
  return next.denyList && !(await isStillSigned(next.denyList, value)) ? withoutList(next) : next
}

export const syncConfig: SyncStep = async (held, { source, onRefused, onSigned }) => {
  if (!held.keySet) return held
  const jws = await source.deviceConfig()
  if (jws === held.config?.jws) return held
  const reading = await readSigned(jws, DOCUMENT_TYPES.config, DeviceConfig, signersOf(held.keySet.value, 'config'))
  if (reading.kind === 'unsound' || reading.value.version < held.seen.config) {
    onRefused({ document: 'config', why: reading.kind === 'unsound' ? reading.why : 'rolled-back' })
    return held
  }
  const { value } = reading
  onSigned(new Date(value.issuedAt))
  // The server signs it at each asking: only the time of signing differs.
  if (held.config && isSameBut(held.config.value, value)) return held
  const next = { ...held, seen: { ...held.seen, config: value.version }, config: { jws, value } }
  // Entries are keyed by the salt: under another one a list would seem to hold nobody.
  return value.listSalt === (held.config?.value.listSalt ?? value.listSalt) ? next : withoutList(next)
}

export const syncDenyList: SyncStep = async (held, parts) => {
  const { source, now, onRefused, onSigned } = parts
  if (!held.keySet || !held.config) return held
  const refuse = (why: Refusal['why']): Held => {
    onRefused({ document: 'denyList', why })
    return held
  }
  // An expired key set vouches for nobody.
  if (isOver(held.keySet.value, now())) return refuse('expired')
  const jws = await source.denyListManifest()
  const confirmedAt = now()
  const reading = await readSigned(jws, DOCUMENT_TYPES.denyList, DenyListManifest, signersOf(held.keySet.value, 'list'))
  if (reading.kind === 'unsound') return refuse(reading.why)
  const manifest = reading.value
  const plan = planList(manifest, held.denyList, held.seen.list, confirmedAt)
  if (plan.kind === 'refuse') return refuse(plan.why)
  const { epoch, version } = manifest
  // Seen from the moment it is known to be signed, whether or not its bytes come.
  const seen = { ...held.seen, list: { epoch, version } }
  onSigned(new Date(manifest.issuedAt))
  const entries =
    plan.kind === 'confirm'
      ? held.denyList?.entries
      : await fetchList(plan, manifest, held, held.config.value.listSalt, source)
  if (!entries) {
    onRefused({ document: 'denyList', why: 'not-of-its-manifest' })
    return { ...held, seen }
  }
  // As of when the list is the newest, its signature says: nobody can make it seem younger by sending it again.
  const signedAt = new Date(Math.min(Date.parse(manifest.issuedAt), confirmedAt.getTime()))
  const before = held.denyList?.manifest
  const isHeld = before?.epoch === epoch && before.version === version
  if (isHeld && held.denyList && signedAt <= held.denyList.confirmedAt) return { ...held, seen }
  return { ...held, seen, denyList: { manifest, jws, entries, confirmedAt: signedAt } }
}

/** By delta where that is offered; anything about it that does not fit, and the whole is fetched, once. */
async function fetchList(
  plan: { readonly kind: 'delta'; readonly from: number } | { readonly kind: 'snapshot' },
  manifest: DenyListManifest,
  held: Held,
  listSalt: string,
  source: Source,
): Promise<Uint8Array | undefined> {
  const { epoch, version } = manifest
  switch (plan.kind) {
    case 'delta': {
      const delta = readDelta(await source.denyListDelta(epoch, plan.from, version).catch(nothingOfUnreachable))
      const merged = delta && held.denyList && (await inSlices(merge(held.denyList.entries, delta)))
      if (merged && (await inSlices(isOfManifest(merged, manifest, listSalt)))) return merged
      return fetchList({ kind: 'snapshot' }, manifest, held, listSalt, source)
    }
    case 'snapshot': {
      const entries = await source.denyListSnapshot(epoch, version)
      return (await inSlices(isOfManifest(entries, manifest, listSalt))) ? entries : undefined
    }
    default:
      return assertNever(plan)
  }
}

/** The lease of the list: so long unconfirmed, and it is not kept any longer. */
export function isLeaseOver({ denyList, config }: Held, now: Date): boolean {
  if (!denyList || !config) return false
  return now.getTime() - denyList.confirmedAt.getTime() > config.value.rules.listUsable * 1000
}

export function withoutList(held: Held): Held {
  const { denyList: _gone, ...rest } = held
  return rest
}

/** A delta that is not there any more is as one that does not fit. */
function nothingOfUnreachable(error: unknown): Uint8Array {
  if (error instanceof Unreachable) return new Uint8Array()
  throw error
}

const isSameBut = ({ issuedAt: _one, ...one }: DeviceConfig, { issuedAt: _other, ...other }: DeviceConfig): boolean =>
  isDeepStrictEqual(one, other)

const isOver = ({ expiresAt }: KeySet, now: Date): boolean => now.getTime() > Date.parse(expiresAt)

async function isStillSigned(list: DenyList, keySet: KeySet): Promise<boolean> {
  const reading = await readSigned(list.jws, DOCUMENT_TYPES.denyList, z.unknown(), signersOf(keySet, 'list'))
  return reading.kind === 'sound'
}
