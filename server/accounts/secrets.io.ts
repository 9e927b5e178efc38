import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What must not be readable in the database alone. `about` binds a sealed text to its place: it opens nowhere else. */
export interface Secrets {
  seal(text: string, about: string): Buffer
  /** @throws where it was sealed for another place, with another key, or changed */
  open(sealed: Buffer, about: string): string
  /** HMAC-SHA-256, for what is looked up or compared but never read again */
  mark(text: string, about: string): Buffer
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM: nonce, tag, text. */
function secretsOf(key: Buffer): Secrets {
  const derived = (use: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', use, 32))
  const sealing = derived('dopusk accounts seal')
  const marking = derived('dopusk accounts mark')
  return {
    seal: (text, about) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(about))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open: (sealed, about) => {
      const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    },
    mark: (text, about) => createHmac('sha256', marking).update(`${about}\0${text}`).digest(),
  }
}

/** The key lies beside the others, made where it is missing; machines of one installation share the folder. */
export function loadSecrets(keys: string): Secrets {
  const file = join(keys, 'accounts.key')
  mkdirSync(keys, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const key = readFileSync(file)
  if (key.length !== 32) throw new Error(`${file} is no key of 32 bytes`)
  return secretsOf(key)
}
