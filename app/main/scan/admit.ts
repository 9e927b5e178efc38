/**
 * One scan, from its text to an answer that is written down:
 * local ruling → the server, for as long as waiting could better the answer → else our own queue, on disk.
 * Nothing opens before the visit is recorded, by the server or here.
 */
import { decisionOf, type AdmissionDecision, type AdmissionRequest } from '../../../contract/kiosk/admission.ts'
import { assertNever } from '../../../contract/assert-never.ts'
import { decide, type Ruling } from '../../../contract/decide/decide.ts'
import { checkPass, type PassCheck } from '../../../contract/pass/pass.ts'
import { referenceOf } from '../../../contract/decide/reference.ts'
import type { ForeignCode } from '../../../contract/pass/foreign-code.ts'
import { keysInUse } from '../../../contract/kiosk/keys.ts'
import type { Entries } from './entries.ts'
import type { KioskTime } from '../time/kiosk-time.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { standingOf } from '../knowledge/standing.ts'
import { Unreachable, type AdmissionServer, type Clock, type VisitQueue } from '../ports.ts'
import { verifySignature } from '../knowledge/verify-signature.ts'

export type Admission =
  /** `foreign`: what it seems to be, where it is a code of somebody else */
  | { readonly kind: 'unreadable'; readonly foreign?: ForeignCode }
  | {
      readonly kind: 'decided'
      readonly id: string
      readonly by: 'server' | 'kiosk'
      readonly decision: AdmissionDecision
      /** set where a grant rests on a list that is not fresh: when it was last known to be current */
      readonly dataFrom?: Date
    }

export interface AdmitParts {
  readonly server: AdmissionServer
  readonly queue: Pick<VisitQueue, 'append'>
  /** false while the last call failed: then nobody waits for the next one */
  readonly linkIsUp: () => boolean
  /** the device's own clock: what is told to the server */
  readonly clock: Clock
  /** our best guess of the server's time: what is decided by */
  readonly time: KioskTime
  readonly entries: Entries
  readonly newId: () => string
  /** the visit is on our disk, to be uploaded */
  readonly onQueued: () => void
  /** the server was not merely away: asking it broke. Decided here all the same. */
  readonly onAskingFailed: (error: unknown) => void
  /** the disk would not take it */
  readonly onNotRecorded: (error: unknown) => void
}

export async function admit(text: string, knowledge: Knowledge, parts: AdmitParts): Promise<Admission> {
  const presentedAt = parts.clock()
  const pass = checkPass(text, keysInUse(knowledge.keySet.value, parts.time.now()), verifySignature)
  const ruling = rule(pass, knowledge, parts)
  if (ruling.outcome === 'unreadable') return { kind: 'unreadable' }

  const request: AdmissionRequest = {
    id: parts.newId(),
    accessPoint: knowledge.config.accessPoint.id,
    credential: text,
    presentedAt: presentedAt.toISOString(),
  }
  const answer = parts.linkIsUp() ? await ask(request, patience(ruling), parts) : undefined
  if (answer) {
    remember(pass, answer, parts.entries)
    return { kind: 'decided', id: request.id, by: 'server', decision: answer }
  }

  const decision = await recorded(request, decisionOf(ruling, request.id), parts)
  remember(pass, decision, parts.entries)
  const dataFrom = ruling.row === 12 ? knowledge.denyList?.confirmedAt : undefined
  return { kind: 'decided', id: request.id, by: 'kiosk', decision, ...(dataFrom ? { dataFrom } : {}) }
}

/** What this kiosk would say alone. */
function rule(pass: PassCheck, knowledge: Knowledge, { time, entries }: AdmitParts): Ruling {
  const now = time.now()
  const handle = pass.kind === 'authentic' ? pass.claims.handle : undefined
  const sinceLastEntry = handle === undefined ? undefined : entries.since(handle)
  return decide(
    {
      pass,
      standing: handle === undefined ? { kind: 'unknown' } : standingOf(handle, knowledge, now),
      now: now.getTime() / 1000,
      clockTrusted: time.trust() === 'good',
      venueCode: knowledge.config.venue.code,
      keySetAge: (now.getTime() - knowledge.keySet.confirmedAt.getTime()) / 1000,
      ...(sinceLastEntry === undefined ? {} : { sinceLastEntry }),
    },
    knowledge.config.rules,
  )
}

function remember(pass: PassCheck, decision: AdmissionDecision, entries: Entries): void {
  if (pass.kind === 'authentic' && decision.outcome === 'granted') entries.entered(pass.claims.handle)
}

/** Milliseconds that the server's answer is worth waiting for: little where our own stands on fresh data. */
function patience(ruling: Exclude<Ruling, { outcome: 'unreadable' }>): number {
  switch (ruling.row) {
    case 3:
    case 5:
    case 9:
    case 11:
    case 16:
      return 300
    case 2:
    case 4:
    case 6:
    case 8:
    case 10:
    case 12:
    case 13:
    case 14:
    case 15:
      return 1500
    default:
      return assertNever(ruling)
  }
}

async function ask(
  request: AdmissionRequest,
  milliseconds: number,
  { server, onAskingFailed }: AdmitParts,
): Promise<AdmissionDecision | undefined> {
  try {
    return await server.decide(request, milliseconds)
  } catch (error) {
    if (!(error instanceof Unreachable)) onAskingFailed(error)
    return undefined
  }
}

/** The decision once it is on disk; where the disk will not take it, nobody is let in without a person looking. */
async function recorded(
  request: AdmissionRequest,
  decision: AdmissionDecision,
  parts: AdmitParts,
): Promise<AdmissionDecision> {
  try {
    await parts.queue.append({ kind: 'admission', request, decision })
  } catch (error) {
    parts.onNotRecorded(error)
    if (decision.outcome !== 'granted') return decision
    return { outcome: 'check', reason: 'not-recorded', reference: referenceOf(request.id) }
  }
  parts.onQueued()
  return decision
}
