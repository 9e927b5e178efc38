/** A server that decides by the truth and never forgets, behind a network that loses, delays and lies. */
import {
  AdmissionEvent,
  decisionOf,
  type AdmissionDecision,
  type AdmissionRequest,
  type EventVerdict,
} from '../../../contract/kiosk/admission.ts'
import { decide } from '../../../contract/decide/decide.ts'
import { DOCUMENT_TYPES } from '../../../contract/kiosk/keys.ts'
import { checkPass } from '../../../contract/pass/pass.ts'
import { BatchRefused, Unreachable, type AdmissionServer } from '../../../app/main/ports.ts'
import type { Source } from '../../../app/main/knowledge/sync.ts'
import { makeKey, signDocument, type Authority } from '../../../app/main/testing/authority.ts'
import { verifySignature } from '../../../app/main/knowledge/verify-signature.ts'
import type { Random } from '../story.ts'

export type ModelWeather = 'fair' | 'cut' | 'replies-lost' | 'flaky'
/** How what the network carries was changed, where it was. */
export type Lie = 'none' | 'replay' | 'forge' | 'cut-short' | 'other-bytes'

export interface Recorded {
  readonly credential: string
  readonly outcome: AdmissionDecision['outcome']
}

export interface ModelServer extends AdmissionServer {
  readonly source: Source
  readonly recorded: Map<string, Recorded>
  weather: ModelWeather
  lie: Lie
}

export interface ModelServerParts {
  readonly authority: Authority
  readonly listed: ReadonlySet<string>
  readonly random: Random
}

const stranger = makeKey()

export function modelServer({ authority, listed, random }: ModelServerParts): ModelServer {
  const oldest = new Map<string, string>()
  const recorded = new Map<string, Recorded>()

  /** A call through the weather: before it arrives, and after it was done. */
  const carried = async <T>(work: () => T | Promise<T>): Promise<T> => {
    await Promise.resolve()
    const { weather } = server
    if (weather === 'cut' || (weather === 'flaky' && random() < 0.3)) throw new Unreachable('lost on the way there')
    const reply = await work()
    if (weather === 'replies-lost' || (weather === 'flaky' && random() < 0.4))
      throw new Unreachable('lost on the way back')
    return reply
  }
  const rule = (request: AdmissionRequest): AdmissionDecision => {
    const pass = checkPass(request.credential, authority.keySet(), verifySignature)
    const ruling = decide(
      {
        pass,
        standing:
          pass.kind === 'authentic' && listed.has(pass.claims.handle)
            ? { kind: 'restricted', age: 0 }
            : { kind: 'unlisted', age: 0 },
        now: authority.now.getTime() / 1000,
        clockTrusted: true,
        venueCode: 'K7',
        keySetAge: 0,
      },
      authority.config().rules,
    )
    if (ruling.outcome === 'unreadable') throw new Unreachable('unreadable')
    return decisionOf(ruling, request.id)
  }
  /** The document, or an older one, or one that a stranger has signed. */
  const document = async (name: keyof typeof DOCUMENT_TYPES, make: () => Promise<string>): Promise<string> =>
    carried(async () => {
      const jws = await make()
      const first = oldest.get(name) ?? jws
      oldest.set(name, first)
      if (server.lie === 'replay') return first
      if (server.lie === 'forge') {
        const value: unknown = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString())
        const changed = { ...(value as object), version: 1_000_000 }
        const kid =
          name === 'keys' ? authority.keys.root.kid : authority.keys[name === 'config' ? 'config' : 'list'].kid
        return signDocument(DOCUMENT_TYPES[name], changed, { ...stranger, kid })
      }
      return jws
    })
  const file = (make: () => Promise<Uint8Array>): Promise<Uint8Array> =>
    carried(async () => {
      const bytes = await make()
      if (server.lie === 'cut-short') return bytes.subarray(0, Math.floor((random() * bytes.length) / 8) * 8)
      return server.lie === 'other-bytes' ? bytes.map((byte) => byte ^ 1) : bytes
    })

  const server: ModelServer = {
    weather: 'fair',
    lie: 'none',
    recorded,
    source: {
      keySet: () => document('keys', authority.source.keySet),
      deviceConfig: () => document('config', authority.source.deviceConfig),
      denyListManifest: () => document('denyList', authority.source.denyListManifest),
      denyListSnapshot: (epoch, version) => file(() => authority.source.denyListSnapshot(epoch, version)),
      denyListDelta: (epoch, from, to) => file(() => authority.source.denyListDelta(epoch, from, to)),
    },
    decide: (request) =>
      carried(() => {
        const decision = rule(request)
        if (!recorded.has(request.id))
          recorded.set(request.id, { credential: request.credential, outcome: decision.outcome })
        return decision
      }),
    record: (_queue, events) =>
      carried(() => {
        if (server.weather === 'flaky' && events.length > 1 && random() < 0.3) throw new BatchRefused('413')
        return events.map(({ jwe }): EventVerdict => {
          if (server.weather === 'flaky' && random() < 0.2) return { verdict: 'retry' }
          const event = AdmissionEvent.parse(JSON.parse(jwe))
          if (event.kind !== 'admission') return { verdict: 'stored' }
          const { request, decision } = event
          const isNew = !recorded.has(request.id)
          // What happened at the door is what counts.
          recorded.set(request.id, { credential: request.credential, outcome: decision.outcome })
          return { verdict: isNew ? 'stored' : 'duplicate' }
        })
      }),
  }
  return server
}
