import fs from 'node:fs'
import { z } from 'zod'

const RootKeys = z.array(z.string().regex(/^[\w-]{43}$/)).min(1)

/**
 * The roots that this kiosk trusts: the settings' (tests, demonstrations), else those that were packed with it, raw
 * Ed25519 keys in base64url. None: one is pinned when the terminal is enrolled. @throws {Error} one sentence
 */
export function rootKeysFrom(settings: readonly string[], packedFile: string): readonly string[] {
  if (settings.length > 0) return settings
  if (!fs.existsSync(packedFile)) return []
  try {
    return RootKeys.parse(JSON.parse(fs.readFileSync(packedFile, 'utf8')))
  } catch {
    throw new Error('Set DOPUSK_ROOT_KEYS: the root keys that this kiosk was packed with cannot be read.')
  }
}
