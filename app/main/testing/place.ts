/** A venue with keys of its own: issues real passes, and is what a kiosk there would know. */
import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { DEFAULT_RULES } from '../../../server/contract/decide.ts'
import { ENTRY_BYTES, entryMessage } from '../../../server/contract/deny-list.ts'
import { bytesOfHex, writePass, type PassClaims } from '../../../server/contract/pass.ts'
import type { Knowledge } from '../knowledge.ts'

export interface Place {
  readonly knowledge: Knowledge
  /** A static pass good for a day from `now`, unless said otherwise. */
  issue(claims?: Partial<PassClaims>): string
  /** The same place, its list holding these handles, last confirmed at a time. */
  listing(handles: readonly string[], confirmedAt: Date): Knowledge
}

export const newHandle = (): string => randomBytes(10).toString('hex')

export function makePlace(now: Date): Place {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const publicX = publicKey.export({ format: 'jwk' }).x ?? ''
  const listSalt = randomBytes(32).toString('base64url')
  const base: Knowledge = {
    config: {
      version: 1,
      venue: { code: 'K7', name: 'Краеведческий музей' },
      accessPoint: { id: 1, name: 'Вход 1', direction: 'entry' },
      listSalt,
      rules: DEFAULT_RULES,
    },
    keySet: {
      value: {
        version: 1,
        issuedAt: now.toISOString(),
        keys: [{ keyId: 1, use: 'static', lifetime: 90 * 86_400, publicKey: publicX, revoked: false }],
      },
      confirmedAt: now,
    },
  }
  const listing = (handles: readonly string[], confirmedAt: Date): Knowledge => {
    const entries = Buffer.concat(
      handles
        .map((handle) =>
          createHmac('sha256', Buffer.from(listSalt, 'base64url'))
            .update(entryMessage(bytesOfHex(handle)))
            .digest()
            .subarray(0, ENTRY_BYTES),
        )
        .sort((a, b) => a.compare(b)),
    )
    return {
      ...base,
      denyList: {
        manifest: {
          epoch: 1,
          version: handles.length,
          issuedAt: confirmedAt.toISOString(),
          count: handles.length,
          sha256: createHash('sha256').update(entries).digest('hex'),
          snapshot: `/v1/deny-list/snapshot/1/${handles.length}`,
        },
        entries: new Uint8Array(entries),
        confirmedAt,
      },
    }
  }
  return {
    knowledge: listing([], now),
    listing,
    issue: (claims) =>
      writePass(
        { keyId: 1, expiresAt: Math.floor(now.getTime() / 1000) + 86_400, handle: newHandle(), ...claims },
        (signed) => sign(null, signed, privateKey),
      ),
  }
}
