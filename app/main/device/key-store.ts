import { safeStorage, type SafeStorage } from 'electron'
import type { KeyStore } from '../knowledge/vault.ts'

/**
 * Electron's safeStorage (DPAPI, Keychain, libsecret, KWallet), where it is real: on Linux without a keyring its back end is
 * `basic_text`, a password that stands in Chromium's source. `undefined` then. After the app is ready.
 */
export async function systemKeyStore(): Promise<KeyStore | undefined> {
  if (process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) {
    return undefined
  }
  // Electron 33, which the tests run on, has only the older calls.
  const newer: Partial<SafeStorage> = safeStorage
  if (newer.isAsyncEncryptionAvailable === undefined) return olderKeyStore()
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return undefined
  return {
    seal: (text) => safeStorage.encryptStringAsync(text),
    async open(sealed) {
      try {
        return (await safeStorage.decryptStringAsync(sealed)).result
      } catch {
        // another user's, or the keyring was made anew: as good as missing
        return undefined
      }
    },
  }
}

/* eslint-disable @typescript-eslint/no-deprecated -- all that the older runtime has */
function olderKeyStore(): KeyStore | undefined {
  if (!safeStorage.isEncryptionAvailable()) return undefined
  return {
    seal: async (text) => safeStorage.encryptString(text),
    async open(sealed) {
      try {
        return safeStorage.decryptString(sealed)
      } catch {
        // as above
        return undefined
      }
    },
  }
}
