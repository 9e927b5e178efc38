/** An admission: what is asked at the door, what is answered, and what is told afterwards. */
import { z } from 'zod'
import { CheckReason, DenialReason, type Ruling } from '../decide/decide.ts'
import { referenceOf } from '../decide/reference.ts'

const AdmissionId = z
  .uuidv7()
  .meta({ description: 'made by the kiosk before anything else; sending it again changes nothing' })
const Instant = z.iso.datetime().meta({ description: 'UTC, by the kiosk’s clock' })

export const AdmissionRequest = z
  .strictObject({
    id: AdmissionId,
    accessPoint: z.int().positive(),
    credential: z.string().min(1).max(400).meta({ description: 'whole pass text' }),
    presentedAt: Instant,
  })
  .readonly()
  .meta({ id: 'AdmissionRequest' })
export type AdmissionRequest = z.infer<typeof AdmissionRequest>

const Reference = z
  .string()
  .regex(/^[0-9A-Z]{3}-[0-9A-Z]{3}$/)
  .meta({ description: 'what a refused person can quote' })

export const AdmissionDecision = z
  .discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('granted') }).readonly(),
    z.strictObject({ outcome: z.literal('denied'), reason: DenialReason, reference: Reference }).readonly(),
    z.strictObject({ outcome: z.literal('check'), reason: CheckReason, reference: Reference }).readonly(),
  ])
  .meta({ id: 'AdmissionDecision' })
export type AdmissionDecision = z.infer<typeof AdmissionDecision>

/** Why staff let somebody in against a refusal: a closed list, so that nothing about a person can be typed. */
export const OverrideReason = z.enum(['document-checked', 'paper-shown', 'code-mistake', 'senior-order'])
export type OverrideReason = z.infer<typeof OverrideReason>

/** What staff (or nobody: `auto`) did with an admission; has the admission's id. */
export const Resolution = z
  .strictObject({
    id: AdmissionId,
    accessPoint: z.int().positive(),
    outcome: z.enum(['admitted', 'refused']),
    by: z.enum(['staff', 'auto']),
    at: Instant,
    reason: OverrideReason.optional(),
  })
  .readonly()
  .meta({ id: 'Resolution' })
export type Resolution = z.infer<typeof Resolution>

export const AdmissionEvent = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('admission'), request: AdmissionRequest, decision: AdmissionDecision }).readonly(),
    z.strictObject({ kind: z.literal('resolution'), resolution: Resolution }).readonly(),
  ])
  .meta({ id: 'AdmissionEvent' })
export type AdmissionEvent = z.infer<typeof AdmissionEvent>

export const MAX_EVENTS = 200

/**
 * An event as it lies in a kiosk's queue: sealed for the server alone, JWE compact (RFC 7516), ECDH-ES (X25519) with
 * A256GCM, its plaintext `{ v: 1, event: AdmissionEvent, wall, offset, uncertainty }`. The kiosk cannot read its own history.
 */
export const SealedEvent = z
  .strictObject({
    id: AdmissionId,
    seq: z.int().positive().meta({ description: 'grows by one with each event of a queue: a gap shows' }),
    chain: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ description: 'SHA-256(chain before ‖ id ‖ seq ‖ jwe): a changed or missing row shows' }),
    jwe: z
      .string()
      .regex(/^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/)
      .max(4096),
  })
  .readonly()
  .meta({ id: 'SealedEvent' })
export type SealedEvent = z.infer<typeof SealedEvent>

/** What the chain before the first event of a queue is. */
export const CHAIN_START = '0'.repeat(64)

/** The text (ASCII) whose SHA-256, in hex, is an event's `chain`; `before` is the chain of the event before it. */
export const chainText = (before: string, { id, seq, jwe }: Pick<SealedEvent, 'id' | 'seq' | 'jwe'>): string =>
  `${before}.${id}.${seq}.${jwe}`

/** What is sealed. Times in milliseconds: the device's clock at the time, server's minus device's, and how far that may be off. */
export const EventEnvelope = z
  .strictObject({
    v: z.literal(1),
    event: AdmissionEvent,
    wall: z.number(),
    offset: z.number().exactOptional(),
    uncertainty: z.number().nonnegative().exactOptional(),
  })
  .readonly()
  .meta({ id: 'EventEnvelope' })
export type EventEnvelope = z.infer<typeof EventEnvelope>

/** Each event is parsed on its own, so that one bad event does not keep 199 good ones waiting. */
export const EventBatch = z
  .strictObject({
    queue: z.uuid().meta({ description: 'the queue file the events come from; seq and chain belong to it' }),
    events: z.array(z.unknown()).min(1).max(MAX_EVENTS).readonly(),
  })
  .readonly()
  .meta({ id: 'EventBatch' })

/**
 * `stored`, `duplicate`, `rejected`: the kiosk may forget the event (a rejected one goes to its dead letters);
 * `retry`: keep it and send it again later.
 */
export const EventVerdict = z
  .discriminatedUnion('verdict', [
    z.strictObject({ verdict: z.enum(['stored', 'duplicate', 'retry']) }).readonly(),
    z
      .strictObject({
        verdict: z.literal('rejected'),
        code: z.enum(['malformed', 'unreadable', 'other-access-point', 'unknown-admission']),
        detail: z.string(),
      })
      .readonly(),
  ])
  .meta({ id: 'EventVerdict' })
export type EventVerdict = z.infer<typeof EventVerdict>

/** One verdict an event, in the events' order. */
export const EventVerdicts = z
  .strictObject({ verdicts: z.array(EventVerdict).readonly() })
  .readonly()
  .meta({ id: 'EventVerdicts' })

/** A ruling as the wire has it. `unreadable` never becomes an admission: the kiosk answers it alone. */
export function decisionOf(ruling: Exclude<Ruling, { outcome: 'unreadable' }>, id: string): AdmissionDecision {
  if (ruling.outcome === 'granted') return { outcome: 'granted' }
  const reference = referenceOf(id)
  return ruling.outcome === 'denied'
    ? { outcome: 'denied', reason: ruling.reason, reference }
    : { outcome: 'check', reason: ruling.reason, reference }
}
