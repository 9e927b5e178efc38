/** Batches as kiosks upload them, made ahead: sealed, or open for the server of upload/server.ts. */
import { createHash, randomUUID } from 'node:crypto'
import { CompactEncrypt } from 'jose'
import { v7 } from 'uuid'
import { CHAIN_START, chainText, type EventEnvelope } from '../../server/contract/admission.ts'
import type { ServerKey } from '../../server/contract/keys.ts'
import { publicKeyObject } from '../../server/keys/server-keys.ts'

export interface BatchPlan {
  readonly accessPoint: number
  readonly passes: readonly string[]
  readonly batches: number
  readonly events: number
  /** absent: open */
  readonly sealKey?: Pick<ServerKey, 'kid' | 'publicKey'>
}

/** JSON bodies, each of a queue of its own. */
export async function makeBatches({ accessPoint, passes, batches, events, sealKey }: BatchPlan): Promise<string[]> {
  const bodies: string[] = []
  for (let batch = 0; batch < batches; batch++) {
    let chain = CHAIN_START
    const sealed = []
    for (let seq = 1; seq <= events; seq++) {
      const id = v7()
      const presentedAt = new Date().toISOString()
      const credential = passes[(batch * events + seq) % passes.length] ?? ''
      const envelope: EventEnvelope = {
        v: 1,
        event: {
          kind: 'admission',
          request: { id, accessPoint, credential, presentedAt },
          decision: { outcome: 'granted' },
        },
        wall: Date.now(),
        offset: 3,
        uncertainty: 10,
      }
      const plain = Buffer.from(JSON.stringify(envelope))
      const jwe = sealKey ? await seal(plain, sealKey) : `e..i.${plain.toString('base64url')}.t`
      chain = createHash('sha256').update(chainText(chain, { id, seq, jwe })).digest('hex')
      sealed.push({ id, seq, chain, jwe })
    }
    bodies.push(JSON.stringify({ queue: randomUUID(), events: sealed }))
  }
  return bodies
}

const seal = (plain: Uint8Array, { kid, publicKey }: Pick<ServerKey, 'kid' | 'publicKey'>): Promise<string> =>
  new CompactEncrypt(plain)
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid })
    .encrypt(publicKeyObject(publicKey, 'X25519'))
