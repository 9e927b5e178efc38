import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { assertNever } from '../../../contract/assert-never.ts'
import type { PinChoice } from '../../preload/setup-api.ts'

export const PIN_TEXT = /^\d{4,8}$/

/** RFC 7914. A PIN has few digits: what slows down somebody who has the file is the cost of each guess, 16 MiB and some 40 ms. */
const COST = { N: 2 ** 14, r: 8, p: 1 }
const HASH_BYTES = 32
const SALT_BYTES = 16

/** `salt:hash`, base64url. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  return `${salt.toString('base64url')}:${(await derive(pin, salt)).toString('base64url')}`
}

/** False also where what is kept is no hash. */
export async function isPin(pin: string, kept: string): Promise<boolean> {
  const [salt, hash] = kept.split(':').map((part) => Buffer.from(part, 'base64url'))
  if (!salt || hash?.length !== HASH_BYTES) return false
  return timingSafeEqual(await derive(pin, salt), hash)
}

function derive(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** What is written down after a choice: the hash of a PIN, or none. */
export async function pinKept(choice: PinChoice, before: string | undefined): Promise<string | undefined> {
  switch (choice.kind) {
    case 'keep':
      return before
    case 'none':
      return undefined
    case 'new':
      return hashPin(choice.pin)
    default:
      return assertNever(choice)
  }
}
