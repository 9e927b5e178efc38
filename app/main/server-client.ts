/**
 * The central server over HTTP: the only file that knows axios. Checks at the door and everything else have separate
 * connections, so that a check never waits behind an upload.
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
} from '../../server/contract/admission.ts'
import { api, HEADERS } from '../../server/contract/api.ts'
import { SignedDocument } from '../../server/contract/keys.ts'
import { Problem } from '../../server/contract/problem.ts'
import type { Reading } from './clock.ts'
import type { ListSeen } from './deny-list.ts'
import { BatchRefused, Unreachable, type AdmissionServer } from './ports.ts'

/** What became of a call, for whoever keeps the state of the link. */
export type CallOutcome = 'answered' | 'failed' | 'refused'

export interface ServerClient extends AdmissionServer {
  /** @throws {Unreachable} each of these */
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
  readonly serverUrl: string
  readonly deviceToken: string
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
  const checks = connection(parts, 4)
  const background = connection(parts, 2)

  const call = async (
    client: AxiosInstance,
    patience: number,
    path: string,
    body?: unknown,
  ): Promise<AxiosResponse<unknown>> => {
    const sent = parts.read()
    try {
      const response = await client.request<unknown>({
        url: path,
        signal: AbortSignal.timeout(patience),
        responseType: isFile(path) ? 'arraybuffer' : 'json',
        ...(body === undefined ? { method: 'get' } : { method: 'post', data: body }),
      })
      parts.onReply({ sent, ...notesOf(response.headers) })
      const outcome = outcomeOf(response.status)
      if (outcome === 'refused' && isRevocation(response.data)) parts.onRevoked()
      parts.onOutcome(outcome)
      return response
    } catch (error) {
      parts.onOutcome('failed')
      throw new Unreachable(`${path}: ${axios.isAxiosError(error) ? (error.code ?? 'no answer') : 'no answer'}`, {
        cause: error,
      })
    }
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

function connection({ serverUrl, deviceToken }: ServerClientParts, maxSockets: number): AxiosInstance {
  return axios.create({
    baseURL: serverUrl,
    headers: { authorization: `Bearer ${deviceToken}` },
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
function isRevocation(data: unknown): boolean {
  try {
    const body: unknown = Buffer.isBuffer(data) ? JSON.parse(data.toString()) : data
    return Problem.safeParse(body).data?.code === 'device-revoked'
  } catch {
    return false
  }
}
