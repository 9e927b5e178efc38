const utf8 = new TextDecoder('utf-8', { fatal: true })
const windows1251 = new TextDecoder('windows-1251')

/**
 * What the bytes of a code say. Codes rarely tell their character set: what is UTF-8 is taken as such, and what cannot
 * be is windows-1251, the other one in use here. Decoders guess Latin-1 instead.
 */
export function textFromBytes(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return windows1251.decode(bytes)
  }
}
