const utf8 = new TextDecoder('utf-8', { fatal: true })
const windows1251 = new TextDecoder('windows-1251')

/** Beyond Latin-1: what a decoder never guesses for want of better. */
const CERTAIN = /[^\s!-\u00ff]/

/**
 * What the bytes of a code say. Codes rarely tell their character set: what is UTF-8 is taken as such, and what cannot
 * be is windows-1251, the other one in use here, unless the decoder is sure of another (kanji): for want of better it
 * guesses Latin-1.
 */
export function textFromBytes(bytes: Uint8Array, decoded: string): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return CERTAIN.test(decoded) ? decoded : windows1251.decode(bytes)
  }
}
