/**
 * What the kiosk knows (the list, its salt) lies on disk under a key that the operating system's own store holds, so that a
 * stolen disk tells nothing. Where there is no real store, files are the owner's only, and the Operator sees a warning.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import writeFileAtomic from 'write-file-atomic'

/** The operating system's store; `undefined` of what it cannot open. */
export interface KeyStore {
  seal(text: string): Promise<Buffer>
  open(sealed: Buffer): Promise<string | undefined>
}

export interface Vault {
  /** false: files are plain, for their owner only */
  readonly isReal: boolean
  seal(plain: Uint8Array): Buffer
  /** `undefined` where it was not sealed by this vault, or was changed. */
  open(sealed: Buffer): Buffer | undefined
}

const MAGIC = Buffer.from('DPV1')
const IV_BYTES = 12
const TAG_BYTES = 16

export const plainVault: Vault = {
  isReal: false,
  seal: (plain) => Buffer.from(plain),
  open: (sealed) => (sealed.subarray(0, MAGIC.length).equals(MAGIC) ? undefined : sealed),
}

/** A vault whose key is kept in `keyFile`, sealed by the store. A key that the store cannot open is made anew. */
export async function openVault(keyFile: string, store: KeyStore | undefined): Promise<Vault> {
  if (!store) return plainVault
  const kept = fs.existsSync(keyFile) ? await store.open(fs.readFileSync(keyFile)) : undefined
  const key = Buffer.from(kept ?? randomBytes(32).toString('base64'), 'base64')
  if (kept === undefined) await writeFileAtomic(keyFile, await store.seal(key.toString('base64')), { mode: 0o600 })
  return {
    isReal: true,
    seal(plain) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([MAGIC, iv, cipher.getAuthTag(), body])
    },
    open(sealed) {
      const head = MAGIC.length + IV_BYTES + TAG_BYTES
      if (sealed.length < head || !sealed.subarray(0, MAGIC.length).equals(MAGIC)) return undefined
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(MAGIC.length, MAGIC.length + IV_BYTES))
        decipher.setAuthTag(sealed.subarray(MAGIC.length + IV_BYTES, head))
        return Buffer.concat([decipher.update(sealed.subarray(head)), decipher.final()])
      } catch {
        return undefined
      }
    },
  }
}
