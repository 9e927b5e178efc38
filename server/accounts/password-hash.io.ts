import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Tx } from '../db/pool.ts'
import { parsePhc, PARAMETERS, writePhc, type Argon2Parameters } from './phc.ts'

const argon = promisify(argon2)
const SALT_BYTES = 16
const TAG_BYTES = 32

const derive = (password: string, nonce: Buffer, { memory, passes, lanes }: Argon2Parameters): Promise<Buffer> =>
  // the same letters typed on another system are the same password
  argon('argon2id', {
    message: password.normalize('NFKC'),
    nonce,
    memory,
    passes,
    parallelism: lanes,
    tagLength: TAG_BYTES,
  })

/**
 * Locks the account where its password is still the one that was checked, and it may still be used: hashing takes long,
 * and what was reset or disabled meanwhile stays so.
 */
export function holdPassword(tx: Tx, { id, password }: { readonly id: number; readonly password: string | null }) {
  return tx
    .selectFrom('accounts')
    .select('totp_secret')
    .where('id', '=', id)
    .where('password', '=', password)
    .where('disabled_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

/** @returns a PHC string; some 20 ms of one core */
export async function hashPassword(password: string, parameters: Argon2Parameters = PARAMETERS): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  return writePhc({ parameters, salt, tag: await derive(password, salt, parameters) })
}

export type Verdict = 'right' | 'right, hash anew' | 'wrong'

/** Without a stored one (no such account, none set) it takes as long and is wrong. */
export async function checkPassword(password: string, stored: string | null): Promise<Verdict> {
  const known = stored === null ? undefined : parsePhc(stored)
  const { parameters, salt } = known ?? { parameters: PARAMETERS, salt: Buffer.alloc(SALT_BYTES) }
  const tag = await derive(password, Buffer.from(salt), parameters)
  if (!known || !timingSafeEqual(tag, known.tag)) return 'wrong'
  const { memory, passes, lanes } = parameters
  const current = memory === PARAMETERS.memory && passes === PARAMETERS.passes && lanes === PARAMETERS.lanes
  return current ? 'right' : 'right, hash anew'
}
