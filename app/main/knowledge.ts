/**
 * What the kiosk knows of its place, the keys and the deny list, and since when: read from disk at start, kept current
 * by `sync`. A file that cannot be read is as good as missing: the server is asked again.
 */
import fs from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import { DenyListManifest, ENTRY_BYTES } from '../../server/contract/deny-list.ts'
import { DeviceConfig } from '../../server/contract/device-config.ts'
import { KeySet } from '../../server/contract/keys.ts'

export interface DenyList {
  readonly manifest: DenyListManifest
  readonly entries: Uint8Array
  readonly confirmedAt: Date
}

export interface Knowledge {
  readonly config: DeviceConfig
  readonly keySet: { readonly value: KeySet; readonly confirmedAt: Date }
  readonly denyList?: DenyList
}

const Confirmed = z.iso.datetime().transform((text) => new Date(text))
const KeySetFile = z.object({ value: KeySet, confirmedAt: Confirmed })
const DenyListFile = z.object({ manifest: DenyListManifest, confirmedAt: Confirmed })

export interface KnowledgeStore {
  load(): Knowledge | undefined
  /** Not on the way of a scan: writes without blocking. */
  save(knowledge: Knowledge, before: Knowledge | undefined): Promise<void>
}

/** Keeps knowledge in files of `folder`; each is replaced as a whole (temporary file, fsync, rename). */
export function knowledgeFiles(folder: string): KnowledgeStore {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const at = (name: string): string => path.join(folder, name)
  const write = (name: string, data: string | Buffer): Promise<void> => writeFileAtomic(at(name), data, { mode: 0o600 })
  return {
    load() {
      const config = parseFile(at('config.json'), DeviceConfig)
      const keySet = parseFile(at('keys.json'), KeySetFile)
      if (!config || !keySet) return undefined
      const denyList = loadDenyList(at('deny-list.json'), at('deny-list.bin'))
      return { config, keySet, ...(denyList ? { denyList } : {}) }
    },
    async save(knowledge, before) {
      if (knowledge.config !== before?.config) await write('config.json', JSON.stringify(knowledge.config))
      if (knowledge.keySet !== before?.keySet) await write('keys.json', JSON.stringify(knowledge.keySet))
      const { denyList } = knowledge
      if (!denyList || denyList === before?.denyList) return
      // The array first: a manifest never points at an array that is not there, and the digest tells a mix of two.
      if (denyList.entries !== before?.denyList?.entries) await write('deny-list.bin', Buffer.from(denyList.entries))
      await write('deny-list.json', JSON.stringify({ manifest: denyList.manifest, confirmedAt: denyList.confirmedAt }))
    },
  }
}

/** Whether an array is the one its manifest speaks of: count and SHA-256 of the whole. */
export function matchesManifest(entries: Uint8Array, manifest: DenyListManifest): boolean {
  return (
    entries.length === manifest.count * ENTRY_BYTES &&
    createHash('sha256').update(entries).digest('hex') === manifest.sha256
  )
}

function loadDenyList(manifestFile: string, entriesFile: string): DenyList | undefined {
  const kept = parseFile(manifestFile, DenyListFile)
  if (!kept || !fs.existsSync(entriesFile)) return undefined
  const entries = new Uint8Array(fs.readFileSync(entriesFile))
  return matchesManifest(entries, kept.manifest) ? { ...kept, entries } : undefined
}

function parseFile<T extends z.ZodType>(file: string, schema: T): z.output<T> | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(fs.readFileSync(file, 'utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
