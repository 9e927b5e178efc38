import { createHash, randomUUID } from 'node:crypto'
import { CompactEncrypt } from 'jose'
import { v7 } from 'uuid'
import { z } from 'zod'
import { AdmissionEvent, CHAIN_START, chainText, type SealedEvent } from '../../contract/kiosk/admission.ts'
import { KeySet, SignedDocument, type ServerKey } from '../../contract/kiosk/keys.ts'
import { publicKeyObject } from '../keys/server-keys.ts'
import { readDocument } from '../keys/signed-document.ts'

/** A kiosk's queue as far as the server sees it. */
export interface SealedQueue {
  readonly queue: string
  readonly events: readonly SealedEvent[]
  readonly seq: number
  readonly chain: string
}

type Ask = (method: string, path: string) => Promise<{ readonly body: unknown }>

export function sealFor({ kid, publicKey }: Pick<ServerKey, 'kid' | 'publicKey'>, plain: unknown): Promise<string> {
  return new CompactEncrypt(Buffer.from(typeof plain === 'string' ? plain : JSON.stringify(plain)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid })
    .encrypt(publicKeyObject(publicKey, 'X25519'))
}

const chainAfter = (before: string, event: Pick<SealedEvent, 'id' | 'seq' | 'jwe'>): string =>
  createHash('sha256').update(chainText(before, event)).digest('hex')

/** What `POST /v1/events` knows of envelopes: given as they are, or made around an event with a sound clock. */
const Envelope = z.looseObject({ v: z.number() })

/** Seals events with `jose`, as kiosks do, for the newest seal key of the server's key set. */
export async function sealedEvents(
  ask: Ask,
  told: readonly unknown[],
  before: Pick<SealedQueue, 'queue' | 'seq' | 'chain'> = { queue: randomUUID(), seq: 0, chain: CHAIN_START },
): Promise<SealedQueue> {
  const { body } = await ask('GET', '/v1/keys')
  const { serverKeys } = readDocument(SignedDocument.parse(body).jws, KeySet)
  const key = serverKeys.findLast(({ use, revoked }) => use === 'seal' && !revoked)
  if (!key) throw new Error('the key set has no seal key')
  let { seq, chain } = before
  const events: SealedEvent[] = []
  for (const one of told) {
    const event = { id: idOf(one), seq: ++seq, jwe: await sealFor(key, envelopeOf(one)) }
    chain = chainAfter(chain, event)
    events.push({ ...event, chain })
  }
  return { queue: before.queue, events, seq, chain }
}

function envelopeOf(told: unknown): unknown {
  if (Envelope.safeParse(told).success) return told
  const { data } = AdmissionEvent.safeParse(told)
  const at =
    data === undefined
      ? Date.now()
      : Date.parse(data.kind === 'admission' ? data.request.presentedAt : data.resolution.at)
  return { v: 1, event: told, wall: at, offset: 0, uncertainty: 5 }
}

const Identified = z.object({ id: z.string() })
const Subject = z.union([
  z.object({ request: Identified }).transform(({ request }) => request.id),
  z.object({ resolution: Identified }).transform(({ resolution }) => resolution.id),
  z.object({ event: z.unknown() }).transform(({ event }) => idOf(event)),
])

/** Of what lacks one: any that passes. */
function idOf(told: unknown): string {
  const { data } = Subject.safeParse(told)
  return data !== undefined && z.uuidv7().safeParse(data).success ? data : v7()
}
