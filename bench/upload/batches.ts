/** Batches as kiosks upload them, made ahead: sealed, or open for the server of upload/server.ts. */
import { createHash, randomUUID } from 'node:crypto'
import { v7 } from 'uuid'
import { createSeal } from '../../app/main/queue/seal.ts'
import { CHAIN_START, chainText, type AdmissionEvent, type EventEnvelope } from '../../contract/kiosk/admission.ts'
import type { ServerKey } from '../../contract/kiosk/keys.ts'

export interface BatchPlan {
  readonly accessPoint: number
  readonly passes: readonly string[]
  readonly batches: number
  readonly events: number
  /** absent: open */
  readonly sealKey?: Pick<ServerKey, 'kid' | 'publicKey'>
}

/** JSON bodies, each of a kiosk and queue of its own. */
export async function makeBatches({ accessPoint, passes, batches, events, sealKey }: BatchPlan): Promise<string[]> {
  const bodies: string[] = []
  for (let batch = 0; batch < batches; batch++) {
    let chain = CHAIN_START
    const seal = createSeal(
      () => sealKey,
      () => ({ wall: Date.now(), offset: 3, uncertainty: 10 }),
    )
    const sealed = []
    for (let seq = 1; seq <= events; seq++) {
      const id = v7()
      const presentedAt = new Date().toISOString()
      const credential = passes[(batch * events + seq) % passes.length] ?? ''
      const event: AdmissionEvent = {
        kind: 'admission',
        request: { id, accessPoint, credential, presentedAt },
        decision: { outcome: 'granted' },
      }
      const jwe = sealKey
        ? (await seal(event)).jwe
        : open({ v: 1, event, wall: Date.now(), offset: 3, uncertainty: 10 })
      chain = createHash('sha256').update(chainText(chain, { id, seq, jwe })).digest('hex')
      sealed.push({ id, seq, chain, jwe })
    }
    bodies.push(JSON.stringify({ queue: randomUUID(), events: sealed }))
  }
  return bodies
}

const open = (envelope: EventEnvelope): string =>
  `e..i.${Buffer.from(JSON.stringify(envelope)).toString('base64url')}.t`
