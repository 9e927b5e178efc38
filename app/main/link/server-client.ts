/**
 * The central server over HTTP: the only file that knows axios. Checks at the door and everything else have separate
 * connections, so that a check never waits behind an upload; only the answer to a question for a token may keep one waiting,
 * and no longer than the check itself may take.
 */
import http from 'node:http'
import https from 'node:https'
import axios, { type AxiosInstance, type AxiosResponse } from 'axios'
import { z } from 'zod'
import {
  AdmissionDecision,
  EventVerdicts,
  type AdmissionRequest,
  type EventVerdict,
  type SealedEvent,
} from '../../../contract/kiosk/admission.ts'
import { api, HEADERS } from '../../../contract/kiosk/api.ts'
import {
  ASSERTION_TYPE,
  EnrolReply,
  HeartbeatReply,
  TokenReply,
  type EnrolRequest,
  type Heartbeat,
} from '../../../contract/kiosk/devices.ts'
import { SignedDocument } from '../../../contract/kiosk/keys.ts'
import { Problem } from '../../../contract/http/problem.ts'
import type { Reading } from '../time/clock.ts'
import type { ListSeen } from '../knowledge/deny-list.ts'
import type { Access, Pass, TokenAnswer } from '../device/access.ts'
import { BatchRefused, Unreachable, type AdmissionServer } from '../ports.ts'

/** What became of a call, for whoever keeps the state of the link. */
export type CallOutcome = 'answered' | 'failed' | 'refused'

/** What was answered to a device that is not let in yet: a reply, or the problem's code. */
export type EnrolAnswer =
  | { readonly kind: 'enrolled'; readonly reply: EnrolReply }
  | { readonly kind: 'refused'; readonly code: Problem['code'] }

export interface ServerClient extends AdmissionServer {
  /** @throws {Unreachable} each of these */
  enrol(server: string, request: EnrolRequest): Promise<EnrolAnswer>
  token(server: string, assertion: string): Promise<TokenAnswer>
  rotateKey(assertion: string): Promise<TokenAnswer>
  heartbeat(told: Heartbeat): Promise<HeartbeatReply>
  deviceConfig(): Promise<string>
  keySet(): Promise<string>
  denyListManifest(): Promise<string>
  denyListSnapshot(epoch: number, version: number): Promise<Uint8Array>
  denyListDelta(epoch: number, from: number, to: number): Promise<Uint8Array>
}

/** What every reply tells besides its answer. */
export interface ReplyNotes {
  readonly sent: Reading
  /** milliseconds since 1970, by the server */
  readonly serverTime?: number
  /** the newest deny list */
  readonly denyList?: ListSeen
}

export interface ServerClientParts {
  readonly access: () => Access
  readonly onOutcome: (outcome: CallOutcome) => void
  readonly onReply: (notes: ReplyNotes) => void
  /** the server has struck this device off */
  readonly onRevoked: () => void
  readonly read: () => Reading
}

const BACKGROUND_PATIENCE_MS = 5000
const UPLOAD_PATIENCE_MS = 20_000
/** 3 million residents, all listed: nothing bigger can be a deny list. */
const LARGEST_REPLY_BYTES = 24 * 1024 * 1024

export function createServerClient(parts: ServerClientParts): ServerClient {
  const checks = connection(4)
  const background = connection(2)

  const send = async (
    client: AxiosInstance,
    { server, token }: Omit<Pass, 'token'> & Partial<Pass>,
    patience: number,
    path: string,
    body?: unknown,
  ): Promise<AxiosResponse<unknown>> => {
    const sent = parts.read()
    try {
      const response = await client.request<unknown>({
        baseURL: server,
        url: path,
        signal: AbortSignal.timeout(Math.max(1, Math.ceil(patience))),
        responseType: isFile(path) ? 'arraybuffer' : 'json',
        ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
        ...(body === undefined ? { method: 'get' } : { method: 'post', data: body }),
      })
      parts.onReply({ sent, ...notesOf(response.headers) })
      // A token that was refused is a matter of one more try, see `call`.
      if (response.status === 401 && token !== undefined) return response
      const outcome = outcomeOf(response.status)
      if (outcome === 'refused' && problemOf(response.data) === 'device-revoked') parts.onRevoked()
      parts.onOutcome(outcome)
      return response
    } catch (error) {
      parts.onOutcome('failed')
      throw new Unreachable(`${path}: ${axios.isAxiosError(error) ? (error.code ?? 'no answer') : 'no answer'}`, {
        cause: error,
      })
    }
  }
  /** As this device: with a token, and where that is not taken, once more with another; all within the patience. */
  const call = async (
    client: AxiosInstance,
    patience: number,
    path: string,
    body?: unknown,
  ): Promise<AxiosResponse<unknown>> => {
    const until = parts.read().mono + patience
    const left = (): number => until - parts.read().mono
    const access = parts.access()
    const pass = access.now() ?? (await within(left(), access.soon(), path))
    const first = await send(client, pass, left(), path, body)
    if (first.status !== 401) return first
    access.spent(pass.token)
    const second = await send(client, await within(left(), access.soon(), path), left(), path, body)
    if (second.status === 401) parts.onOutcome('refused')
    return second
  }
  /** A server that hangs while it should give a token is down, as far as a scan is concerned. */
  const within = async (ms: number, asked: Promise<Pass>, path: string): Promise<Pass> => {
    let timer: NodeJS.Timeout | undefined
    const impatience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        parts.onOutcome('failed')
        reject(new Unreachable(`${path}: no token in time`))
      }, ms)
    })
    try {
      return await Promise.race([asked, impatience])
    } finally {
      clearTimeout(timer)
    }
  }
  const tokenAnswer = (response: AxiosResponse<unknown>): TokenAnswer => {
    const refused = problemOf(response.data)
    if (refused !== undefined && response.status < 500) return { kind: 'refused', code: refused }
    const { access_token: token, expires_in: seconds } = parsed(response, TokenReply)
    return { kind: 'granted', token, seconds }
  }
  const document = async (path: string): Promise<string> =>
    parsed(await call(background, BACKGROUND_PATIENCE_MS, path), SignedDocument).jws
  const file = async (path: string): Promise<Uint8Array> => {
    const { data, status } = await call(background, UPLOAD_PATIENCE_MS, path)
    if (status !== 200 || !Buffer.isBuffer(data)) throw new Unreachable(`${path}: ${status}`)
    return new Uint8Array(data)
  }

  return {
    async decide(request: AdmissionRequest, patience: number) {
      return parsed(await call(checks, patience, api.admit.path, request), AdmissionDecision)
    },
    async record(queue: string, events: readonly SealedEvent[]): Promise<readonly EventVerdict[]> {
      const response = await call(background, UPLOAD_PATIENCE_MS, api.recordEvents.path, { queue, events })
      if (response.status === 400 || response.status === 413 || response.status === 422) {
        throw new BatchRefused(`${api.recordEvents.path}: ${response.status}`)
      }
      const { verdicts } = parsed(response, EventVerdicts)
      if (verdicts.length !== events.length) throw new Unreachable(`${api.recordEvents.path}: not one verdict an event`)
      return verdicts
    },
    async enrol(server, request) {
      const response = await send(background, { server }, BACKGROUND_PATIENCE_MS, api.enrol.path, request)
      const code = problemOf(response.data)
      if (code !== undefined && response.status < 500) return { kind: 'refused', code }
      return { kind: 'enrolled', reply: parsed(response, EnrolReply) }
    },
    async token(server, assertion) {
      const asked = {
        grant_type: 'client_credentials',
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: assertion,
      }
      return tokenAnswer(await send(background, { server }, BACKGROUND_PATIENCE_MS, api.token.path, asked))
    },
    async rotateKey(assertion) {
      return tokenAnswer(await call(background, BACKGROUND_PATIENCE_MS, api.rotateDeviceKey.path, { assertion }))
    },
    async heartbeat(told) {
      return parsed(await call(background, BACKGROUND_PATIENCE_MS, api.heartbeat.path, told), HeartbeatReply)
    },
    deviceConfig: () => document(api.deviceConfig.path),
    keySet: () => document(api.keySet.path),
    denyListManifest: () => document(api.denyListManifest.path),
    denyListSnapshot: (epoch, version) => file(filled(api.denyListSnapshot.path, { epoch, version })),
    denyListDelta: (epoch, from, to) => file(filled(api.denyListDelta.path, { epoch, from, to })),
  }
}

/** A route's path with its `:names` filled in. */
const filled = (path: string, values: Readonly<Record<string, number>>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => String(values[name]))

const isFile = (path: string): boolean => /\/(?:snapshot|delta)\//.test(path)

function connection(maxSockets: number): AxiosInstance {
  return axios.create({
    httpAgent: new http.Agent({ keepAlive: true, maxSockets }),
    httpsAgent: new https.Agent({ keepAlive: true, maxSockets }),
    maxRedirects: 0,
    maxContentLength: LARGEST_REPLY_BYTES,
    proxy: false,
    validateStatus: () => true,
  })
}

/** A 4xx about the request itself still shows that the server is well; 408 and 429 ask for less of us. */
function outcomeOf(status: number): CallOutcome {
  if (status === 401 || status === 403) return 'refused'
  return status >= 500 || status === 408 || status === 429 ? 'failed' : 'answered'
}

function parsed<S extends z.ZodType>(response: AxiosResponse<unknown>, schema: S): z.output<S> {
  const reply = response.status === 200 ? schema.safeParse(response.data) : undefined
  if (!reply?.success) {
    throw new Unreachable(`${response.config.url ?? ''}: status ${response.status} or an unknown answer`, {
      retryAfterMs: RetryAfter.safeParse(response.headers['retry-after']).data,
    })
  }
  return reply.data
}

/** RFC 9110 knows a date too; our server sends seconds. An hour is the most that we let ourselves be put off. */
const RetryAfter = z.coerce
  .number()
  .nonnegative()
  .transform((seconds) => Math.min(seconds, 3600) * 1000)

const ServerTime = z
  .string()
  .regex(/^\d{12,14}$/)
  .transform(Number)
const ListVersion = z
  .string()
  .regex(/^\d{1,9}\.\d{1,12}$/)
  .transform((text) => {
    const [epoch = 0, version = 0] = text.split('.').map(Number)
    return { epoch, version }
  })

function notesOf(headers: Readonly<Record<string, unknown>>): Omit<ReplyNotes, 'sent'> {
  const serverTime = ServerTime.safeParse(headers[HEADERS.serverTime]).data
  const denyList = ListVersion.safeParse(headers[HEADERS.denyList]).data
  return { ...(serverTime === undefined ? {} : { serverTime }), ...(denyList ? { denyList } : {}) }
}

/** Also where a file was asked for, and the problem came as its bytes. */
function problemOf(data: unknown): Problem['code'] | undefined {
  try {
    const body: unknown = Buffer.isBuffer(data) ? JSON.parse(data.toString()) : data
    return Problem.safeParse(body).data?.code
  } catch {
    return undefined
  }
}
