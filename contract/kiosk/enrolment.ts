/** How a kiosk is let in: a code for one use, typed by a person or shown to the kiosk's own readers as a QR code. */
import { z } from 'zod'

/** Crockford's base 32: no I, L, O, U, so that nothing is read as something else. */
export const CODE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 55 random bits and a check character. */
export const CODE_LENGTH = 12
/** ms */
export const CODE_LIVES_MS = 24 * 3600 * 1000

/**
 * Horner's rule at a generator of GF(32) (x⁵ + x² + 1): one wrong character, and any two that have changed places, are
 * noticed.
 */
function checkCharacter(body: string): string {
  let sum = 0
  for (const letter of body) sum = doubled(sum ^ CODE_LETTERS.indexOf(letter))
  return CODE_LETTERS.charAt(sum)
}
const doubled = (value: number): number => (value & 16 ? (value << 1) ^ 0x25 : value << 1)

/** @param random at least 11 bytes */
export function newCode(random: Uint8Array): string {
  const body = Array.from(random.subarray(0, CODE_LENGTH - 1), (byte) => CODE_LETTERS.charAt(byte & 31)).join('')
  return body + checkCharacter(body)
}

/** As people write it: in any case, with spaces or hyphens, O for 0, I or L for 1. */
export const tidiedCode = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[\s\-–—]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')

export const isCode = (code: string): boolean =>
  code.length === CODE_LENGTH &&
  Array.from(code).every((letter) => CODE_LETTERS.includes(letter)) &&
  checkCharacter(code.slice(0, -1)) === code.at(-1)

/** K7Q2-M9XD-4TBC */
export const spelledCode = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1-')

export const EnrolmentCode = z
  .string()
  .max(40)
  .transform(tidiedCode)
  .refine(isCode, 'is mistyped: its last character does not fit the rest')

/** What the QR code holds. `root`: thumbprint of the root that the server's key set is signed by, which so need not be compared. */
export interface Enrolment {
  readonly server: string
  readonly code: string
  readonly root?: string
}

export const ENROLMENT_PREFIX = 'DOPUSK-ENROL:'
const ENROLMENT = /^DOPUSK-ENROL:(https?:\/\/[^\s#]{1,200})#([0-9A-Z-]{12,14})(?:\.([\w-]{43}))?$/

export const writeEnrolment = ({ server, code, root }: Enrolment): string =>
  `${ENROLMENT_PREFIX}${server}#${code}${root === undefined ? '' : `.${root}`}`

/** `undefined`: it is none. */
export function readEnrolment(text: string): Enrolment | undefined {
  const [, address, typed = '', root] = ENROLMENT.exec(text.trim()) ?? []
  const code = tidiedCode(typed)
  if (address === undefined || !isCode(code) || !URL.canParse(address)) return undefined
  return { server: address.replace(/\/+$/, ''), code, ...(root === undefined ? {} : { root }) }
}

/**
 * A thumbprint as two people compare it by eye: its first 100 bits, `7K2M 0QXD 4TBC 9ZRE 51WP`.
 * @param thumbprint base64url of a SHA-256
 */
export function spelledFingerprint(thumbprint: string): string {
  const bytes = Uint8Array.from(atob(thumbprint.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = Array.from({ length: 20 }, (_, at) =>
    CODE_LETTERS.charAt(Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)),
  )
  return letters.join('').replaceAll(/(.{4})(?=.)/g, '$1 ')
}
