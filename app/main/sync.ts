/** Brings what the kiosk knows up to date with the server, one thing after the other. */
import type { DenyList, Knowledge } from './knowledge.ts'
import { matchesManifest } from './knowledge.ts'
import { Unreachable, type Clock } from './ports.ts'
import type { ServerClient } from './server-client.ts'

type Source = Pick<ServerClient, 'deviceConfig' | 'keySet' | 'denyListManifest' | 'denyListSnapshot'>

/**
 * Asks for everything and returns the newer knowledge; `known` stays as it was (the swap is the caller's one
 * assignment, so checking never stops). @throws {Unreachable}
 */
export async function sync(known: Knowledge | undefined, server: Source, clock: Clock): Promise<Knowledge> {
  const config = await server.deviceConfig()
  const keySet = await server.keySet()
  // An older key set than the one we hold is not taken: versions only grow.
  const newest = known && keySet.version < known.keySet.value.version ? known.keySet.value : keySet
  const denyList = await newestDenyList(known?.denyList, server, clock)
  return {
    config: known && known.config.version === config.version ? known.config : config,
    keySet: { value: sameVersion(known?.keySet.value, newest), confirmedAt: clock() },
    ...(denyList ? { denyList } : {}),
  }
}

/** The kept key objects are cached by identity: an unchanged set keeps being the same one. */
function sameVersion<T extends { readonly version: number; readonly issuedAt: string }>(
  known: T | undefined,
  newest: T,
): T {
  return known && known.version === newest.version && known.issuedAt === newest.issuedAt ? known : newest
}

async function newestDenyList(
  known: DenyList | undefined,
  server: Source,
  clock: Clock,
): Promise<DenyList | undefined> {
  const manifest = await server.denyListManifest()
  if (known && manifest.epoch === known.manifest.epoch && manifest.version < known.manifest.version) return known
  const confirmedAt = clock()
  if (known && manifest.sha256 === known.manifest.sha256) return { manifest, entries: known.entries, confirmedAt }
  const entries = await server.denyListSnapshot(manifest)
  if (!matchesManifest(entries, manifest)) throw new Unreachable('deny list: count or digest is not the manifest’s')
  return { manifest, entries, confirmedAt }
}
