/**
 * What the kiosk knows of its place, the keys and the deny list, and since when: read from disk at start, kept current
 * by `sync`. On disk lie the documents as they were signed, and they are verified again when they are read. A file that
 * cannot be read is as good as missing: the server is asked again.
 */
import fs from 'node:fs'
import path from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import { DenyListManifest } from '../../../contract/kiosk/deny-list.ts'
import { DeviceConfig } from '../../../contract/kiosk/device-config.ts'
import { DOCUMENT_TYPES, KeySet } from '../../../contract/kiosk/keys.ts'
import { isOfManifest, type DenyList, type ListSeen } from './deny-list.ts'
import { inSlices } from './in-slices.ts'
import { readSigned, signersOf, type SignerOf } from './signed-document.ts'
import type { Vault } from './vault.ts'

export interface Signed<T> {
  readonly jws: string
  readonly value: T
}

/** What a scan is decided by. */
export interface Knowledge {
  readonly config: DeviceConfig
  readonly keySet: { readonly value: KeySet; readonly confirmedAt: Date }
  readonly denyList?: DenyList
}

/** A server, by its own name for itself and by the root that it named when it let this terminal in (thumbprint). */
export interface Issuer {
  readonly audience: string
  readonly root?: string | undefined
}

/** The highest versions that were ever seen: kept even where the documents are lost, so that nothing old comes back. */
export interface Seen {
  /** whose versions they are: each server counts from 1 */
  readonly of?: Issuer | undefined
  readonly keys: number
  readonly config: number
  readonly list: ListSeen
}
export const NOTHING_SEEN: Seen = { keys: 0, config: 0, list: { epoch: 0, version: 0 } }

/** All that is held, each part with or without the others. */
export interface Held {
  readonly seen: Seen
  readonly keySet?: Signed<KeySet> & { readonly confirmedAt: Date }
  readonly config?: Signed<DeviceConfig>
  readonly denyList?: DenyList
}

/** A kiosk that has no keys or no place knows nothing. */
export function knowledgeOf({ keySet, config, denyList }: Held): Knowledge | undefined {
  return keySet && config ? { config: config.value, keySet, ...(denyList ? { denyList } : {}) } : undefined
}

export interface KnowledgeStore {
  load(): Promise<Held>
  /** Not on the way of a scan: writes without blocking. */
  save(held: Held): Promise<void>
  /** The lease is over: entries leave the disk. */
  wipeList(): void
  /** This device was struck off: all goes but what was seen. */
  wipe(): void
}

const Confirmed = z.iso.datetime().transform((text) => new Date(text))
const KeySetFile = z.object({ jws: z.string(), confirmedAt: Confirmed })
const ConfigFile = z.object({ jws: z.string() })
const SeenFile = z.object({
  of: z.object({ audience: z.string(), root: z.string().optional() }).optional(),
  keys: z.number(),
  config: z.number(),
  list: z.object({ epoch: z.number(), version: z.number() }),
})
const Slot = z.enum(['a', 'b'])
const ListRecord = z.object({ slot: Slot, jws: z.string(), confirmedAt: Confirmed })
const ListFile = z.object({ current: ListRecord, previous: ListRecord.exactOptional() })
type ListFile = z.infer<typeof ListFile>

const LIST_FILES = ['deny-list', 'deny-list-a', 'deny-list-b']

/**
 * Keeps knowledge in files of `folder`, sealed by the vault; each is replaced as a whole (temporary file, fsync, rename).
 * The list has two slots: a new array goes into the one that is not in use, and then one small file says which is current.
 */
export function knowledgeFiles(folder: string, vault: Vault, roots: SignerOf): KnowledgeStore {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const at = (name: string): string => path.join(folder, name)
  const write = (name: string, data: Uint8Array): Promise<void> =>
    writeFileAtomic(at(name), vault.seal(data), { mode: 0o600 })
  const writeJson = (name: string, value: unknown): Promise<void> => write(name, Buffer.from(JSON.stringify(value)))
  const read = (name: string): Buffer | undefined => {
    try {
      return vault.open(fs.readFileSync(at(name)))
    } catch {
      return undefined
    }
  }
  const readJson = <S extends z.ZodType>(name: string, schema: S): z.output<S> | undefined => {
    try {
      return schema.safeParse(JSON.parse(read(name)?.toString() ?? '')).data
    } catch {
      return undefined
    }
  }
  let list: ListFile | undefined
  /** what lies on the disk, so that only what differs is written */
  let kept: Held = { seen: NOTHING_SEEN }

  const loadList = async (
    record: z.infer<typeof ListRecord> | undefined,
    keySet: KeySet,
    config: DeviceConfig,
  ): Promise<DenyList | undefined> => {
    const bytes = record && read(`deny-list-${record.slot}`)
    if (!bytes) return undefined
    const manifest = await readSigned(record.jws, DOCUMENT_TYPES.denyList, DenyListManifest, signersOf(keySet, 'list'))
    if (manifest.kind === 'unsound') return undefined
    const entries = new Uint8Array(bytes)
    if (!(await inSlices(isOfManifest(entries, manifest.value, config.listSalt)))) return undefined
    return { manifest: manifest.value, jws: record.jws, entries, confirmedAt: record.confirmedAt }
  }

  return {
    async load() {
      const seen = readJson('seen', SeenFile) ?? NOTHING_SEEN
      kept = { seen }
      const keysFile = readJson('keys', KeySetFile)
      const keys = keysFile && (await readSigned(keysFile.jws, DOCUMENT_TYPES.keys, KeySet, roots))
      if (!keysFile || keys?.kind !== 'sound') return kept
      const keySet = { ...keysFile, value: keys.value }
      kept = { seen, keySet }
      const configFile = readJson('config', ConfigFile)
      const config =
        configFile &&
        (await readSigned(configFile.jws, DOCUMENT_TYPES.config, DeviceConfig, signersOf(keySet.value, 'config')))
      if (!configFile || config?.kind !== 'sound') return kept
      list = readJson('deny-list', ListFile)
      const denyList =
        (await loadList(list?.current, keySet.value, config.value)) ??
        (await loadList(list?.previous, keySet.value, config.value))
      kept = { seen, keySet, config: { ...configFile, value: config.value }, ...(denyList ? { denyList } : {}) }
      return kept
    },

    async save(held) {
      const { seen, keySet, config, denyList } = held
      // First of all: whatever is lost after this, nothing older is taken again.
      if (JSON.stringify(seen) !== JSON.stringify(kept.seen)) await writeJson('seen', seen)
      kept = { ...kept, seen }
      if (keySet && isNewer(keySet, kept.keySet)) {
        await writeJson('keys', { jws: keySet.jws, confirmedAt: keySet.confirmedAt })
        kept = { ...kept, keySet }
      }
      if (config && config.jws !== kept.config?.jws) {
        await writeJson('config', { jws: config.jws })
        kept = { ...kept, config }
      }
      if (!denyList || !isNewer(denyList, kept.denyList)) return
      const { jws, confirmedAt } = denyList
      if (list && denyList.entries === kept.denyList?.entries) {
        list = { ...list, current: { slot: list.current.slot, jws, confirmedAt } }
      } else {
        const slot = list?.current.slot === 'a' ? 'b' : 'a'
        await write(`deny-list-${slot}`, denyList.entries)
        list = { current: { slot, jws, confirmedAt }, ...(list ? { previous: list.current } : {}) }
      }
      await writeJson('deny-list', list)
      kept = { ...kept, denyList }
    },

    wipeList() {
      list = undefined
      const { denyList: _gone, ...rest } = kept
      kept = rest
      for (const name of LIST_FILES) erase(at(name))
    },
    wipe() {
      list = undefined
      kept = { seen: kept.seen }
      for (const name of [...LIST_FILES, 'config', 'keys']) erase(at(name))
    },
  }
}

/** A mere confirmation is written down once a minute at most: cheap disks wear out. */
const CONFIRMED_EVERY_MS = 60_000

function isNewer(
  now: { readonly jws: string; readonly confirmedAt: Date },
  before: { readonly jws: string; readonly confirmedAt: Date } | undefined,
): boolean {
  return now.jws !== before?.jws || now.confirmedAt.getTime() - before.confirmedAt.getTime() >= CONFIRMED_EVERY_MS
}

/** Overwritten before it is unlinked: on a disk without a real vault that is the least. */
function erase(file: string): void {
  if (!fs.existsSync(file)) return
  fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size))
  fs.rmSync(file, { force: true })
}
