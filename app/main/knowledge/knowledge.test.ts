import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_RULES } from '../../../contract/decide/decide.ts'
import { DOCUMENT_TYPES } from '../../../contract/kiosk/keys.ts'
import { knowledgeFiles } from './knowledge.ts'
import { rootSigners } from './signed-document.ts'
import { isLeaseOver } from './sync.ts'
import { makeAuthority, makeKey, newHandle, signDocument } from '../testing/authority.ts'
import { fresh, kiosk } from '../testing/learner.ts'
import { openVault, plainVault, type KeyStore, type Vault } from './vault.ts'

const NOW = new Date('2026-11-22T19:00:00Z')
const later = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000)

describe('on disk', () => {
  let folder: string
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dopusk-knowledge-'))))
  afterEach(() => fs.rmSync(folder, { recursive: true }))

  /** A key store that is one: it keeps the texts to itself. */
  const keyStore = (): KeyStore => {
    const kept: string[] = []
    return {
      seal: async (text) => Buffer.from(`sealed ${kept.push(text) - 1}`),
      open: async (sealed) => kept[Number(sealed.toString().slice(7))],
    }
  }
  const vaults: readonly [string, () => Promise<Vault>][] = [
    ['file permissions alone', async () => plainVault],
    ['a key store', () => openVault(path.join(folder, 'vault.key'), keyStore())],
  ]
  test.each(vaults)(
    'behind %s: all comes back, and the list before is there when the newest is spoilt',
    async (_name, make) => {
      const authority = makeAuthority(NOW)
      const vault = await make()
      const roots = rootSigners([authority.rootKey])
      const files = knowledgeFiles(folder, vault, roots)
      const { learn } = kiosk(authority)
      const held = await learn(await files.load())
      await files.save(held)
      expect(await knowledgeFiles(folder, vault, roots).load()).toEqual(held)
      authority.list(newHandle())
      const newer = await learn(held)
      await files.save(newer)
      expect(await knowledgeFiles(folder, vault, roots).load()).toEqual(newer)
      fs.truncateSync(path.join(folder, 'deny-list-b'), 40)
      const restored = await knowledgeFiles(folder, vault, roots).load()
      expect(restored.denyList).toEqual(held.denyList)
      // What was seen is not forgotten with the list.
      expect(restored.seen.list.version).toBe(2)
      const bytes = Buffer.concat(fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name))))
      if (vault.isReal) {
        expect(bytes.includes(authority.listSalt)).toBe(false)
        expect(bytes.includes(Buffer.from(authority.entries(1).subarray(0, 8)))).toBe(false)
      }
    },
  )

  test('documents that were changed on disk are as good as missing, and so is a key that the store has lost', async () => {
    const authority = makeAuthority(NOW)
    const vault = await openVault(path.join(folder, 'vault.key'), keyStore())
    const files = knowledgeFiles(folder, vault, rootSigners([authority.rootKey]))
    const held = await kiosk(authority).learn(fresh)
    await files.save(held)
    const other = await openVault(path.join(folder, 'vault.key'), keyStore())
    expect(await knowledgeFiles(folder, other, rootSigners([authority.rootKey])).load()).toEqual(fresh)
    const plain = knowledgeFiles(folder, plainVault, rootSigners([authority.rootKey]))
    fs.writeFileSync(
      path.join(folder, 'keys'),
      JSON.stringify({ jws: signDocument(DOCUMENT_TYPES.keys, authority.keySet(), makeKey()), confirmedAt: NOW }),
    )
    expect(await plain.load()).toEqual(fresh)
  })

  test('after 72 hours the lease is over; what is wiped is not in the folder any more', async () => {
    const authority = makeAuthority(NOW)
    const files = knowledgeFiles(folder, plainVault, rootSigners([authority.rootKey]))
    const held = await kiosk(authority).learn(fresh)
    await files.save(held)
    expect(isLeaseOver(held, later(DEFAULT_RULES.listUsable / 3600))).toBe(false)
    expect(isLeaseOver(held, later(DEFAULT_RULES.listUsable / 3600 + 0.01))).toBe(true)
    files.wipeList()
    expect((await files.load()).denyList).toBeUndefined()
    expect((await files.load()).config).toEqual(held.config)
    files.wipe()
    expect(await files.load()).toEqual({ seen: held.seen })
    expect(fs.readdirSync(folder)).toEqual(['seen'])
  })
})
