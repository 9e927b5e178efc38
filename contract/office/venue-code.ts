/**
 * The code on a venue's poster: seven characters of Crockford's base32 and one check character. People read it aloud and
 * type it, so what looks alike is one, in Latin and in Cyrillic letters.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 7

/** As URLs and the register have it; the check character stands apart. */
export const VENUE_CODE = /^[0-9A-HJKMNP-TV-Z]{7}$/

/** Seven characters from seven bytes; a byte has eight times 32 values, so all are alike. @param random at least 7 bytes */
export function venueCodeFrom(random: Uint8Array): string {
  if (random.length < LENGTH) throw new Error('a venue code needs seven random bytes')
  return Array.from(random.subarray(0, LENGTH), (byte) => ALPHABET.charAt(byte % 32)).join('')
}

/** Times x in GF(32), modulo x⁵ + x² + 1, which is primitive: the first 31 powers of x are all different. */
const timesX = (value: number): number => (value << 1 < 32 ? value << 1 : (value << 1) ^ 0b100101)

/** Sum of the values, each weighted by its own power of x, the last by 1. */
const weighted = (text: string): number =>
  [...text].reduce((sum, character) => timesX(sum) ^ ALPHABET.indexOf(character), 0)

/**
 * The character that makes the weighted sum nought. One wrong character changes it by a product of two values that are
 * not nought; exchanging two characters by (a − b)(xⁱ − xʲ), nought only where a = b: both are always noticed.
 */
export const checkCharacter = (code: string): string => ALPHABET.charAt(timesX(weighted(code)))

/** «7K4Q-2MX5»: as it is printed for people. */
export const spokenCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}${checkCharacter(code)}`

/** What the QR says. What stands behind # goes to no server: the page itself sees that it was not copied by hand with a slip. */
export const posterUrl = (origin: string, code: string): string => `${origin}/v/${code}#${checkCharacter(code)}`

/** Cyrillic letters that are drawn like one of ours, and what Crockford reads as digits. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  А: 'A', В: 'B', С: 'C', Е: 'E', Н: 'H', К: 'K', М: 'M', О: '0', Р: 'P', Т: 'T', У: 'Y', Х: 'X', З: '3', І: '1', Ѕ: 'S', Ј: 'J',
  O: '0', I: '1', L: '1',
} // prettier-ignore

export type TypedCode =
  | { readonly kind: 'code'; readonly code: string }
  /** so many characters, but the check character says that one is wrong or two are exchanged */
  | { readonly kind: 'slip' }
  | { readonly kind: 'no-code' }

/** What somebody typed or scanned: `7K4Q-2MX5`, with look-alikes, or a poster's whole address. Never throws. */
export function typedCode(typed: string): TypedCode {
  const inUrl = /^https?:\/\/[^/\s]+\/v\/([^/?#\s]+)(?:#(.*))?$/i.exec(typed.trim())
  const text = folded(inUrl ? `${inUrl[1] ?? ''}${inUrl[2] ?? ''}` : typed)
  // an address without its #: the camera of some phones leaves it out
  if (inUrl && inUrl[2] === undefined && VENUE_CODE.test(text)) return { kind: 'code', code: text }
  const code = text.slice(0, LENGTH)
  if (!VENUE_CODE.test(code) || text.length !== LENGTH + 1 || !ALPHABET.includes(text.slice(LENGTH)))
    return { kind: 'no-code' }
  return text.slice(LENGTH) === checkCharacter(code) ? { kind: 'code', code } : { kind: 'slip' }
}

function folded(text: string): string {
  const letters = text.toUpperCase().replaceAll(/[\s\-–—‑.]/g, '')
  return Array.from(letters, (letter) => LOOKALIKES[letter] ?? letter).join('')
}
