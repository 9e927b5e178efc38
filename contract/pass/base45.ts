/** Base45, RFC 9285: the QR alphanumeric alphabet, two bytes to three characters. */
export const BASE45_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

const VALUE_OF = new Int8Array(128).fill(-1)
for (let value = 0; value < BASE45_ALPHABET.length; value++) VALUE_OF[BASE45_ALPHABET.charCodeAt(value)] = value

const valueAt = (text: string, at: number): number => VALUE_OF[text.charCodeAt(at)] ?? -1

export function encodeBase45(bytes: Uint8Array): string {
  const digit = (value: number): string => BASE45_ALPHABET.charAt(value)
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const high = bytes[at] ?? 0
    const low = bytes[at + 1]
    if (low === undefined) return text + digit(high % 45) + digit(Math.floor(high / 45))
    const pair = high * 256 + low
    text += digit(pair % 45) + digit(Math.floor(pair / 45) % 45) + digit(Math.floor(pair / 2025))
  }
  return text
}

/**
 * The bytes, or `undefined` where the text is no Base45. Each byte string has exactly one text:
 * groups above 65535 (pairs above 255) are refused, as RFC 9285 §6 asks.
 */
export function decodeBase45(text: string): Uint8Array | undefined {
  const tail = text.length % 3
  if (tail === 1) return undefined
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (tail === 2 ? 1 : 0))
  let out = 0
  for (let at = 0; at < text.length; at += 3) {
    const c = valueAt(text, at)
    const d = valueAt(text, at + 1)
    if (c < 0 || d < 0) return undefined
    if (at + 2 >= text.length) {
      const value = c + d * 45
      if (value > 0xff) return undefined
      bytes[out++] = value
    } else {
      const e = valueAt(text, at + 2)
      const value = c + d * 45 + e * 2025
      if (e < 0 || value > 0xffff) return undefined
      bytes[out++] = value >> 8
      bytes[out++] = value & 0xff
    }
  }
  return bytes
}
