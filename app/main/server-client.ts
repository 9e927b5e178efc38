/**
 * The central server over HTTP: the only file that knows axios. Checks at the door and everything else have separate
 * connections, so that a check never waits behind an upload.
 */
import http from 'node:http'
import https from 'node:https'
import axios, { type AxiosInstance, type AxiosResponse } from 'axios'
import type { z } from 'zod'
import {
  AdmissionDecision,
  EventVerdicts,
  type AdmissionRequest,
  type EventVerdict,
} from '../../server/contract/admission.ts'
import { api } from '../../server/contract/api.ts'
import { DenyListManifest } from '../../server/contract/deny-list.ts'
import { DeviceConfig } from '../../server/contract/device-config.ts'
import { KeySet } from '../../server/contract/keys.ts'
import { BatchRefused, Unreachable, type AdmissionServer } from './ports.ts'

/** What became of a call, for whoever keeps the state of the link. */
export type CallOutcome = 'answered' | 'failed' | 'refused'

export interface ServerClient extends AdmissionServer {
  /** @throws {Unreachable} each of these */
  deviceConfig(): Promise<DeviceConfig>
  keySet(): Promise<KeySet>
  denyListManifest(): Promise<DenyListManifest>
  denyListSnapshot(manifest: DenyListManifest): Promise<Uint8Array>
}

export interface ServerClientParts {
  readonly serverUrl: string
  readonly deviceToken: string
  readonly onOutcome: (outcome: CallOutcome) => void
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
    try {
      const response = await client.request<unknown>({
        url: path,
        signal: AbortSignal.timeout(patience),
        responseType: path.includes('/snapshot/') ? 'arraybuffer' : 'json',
        ...(body === undefined ? { method: 'get' } : { method: 'post', data: body }),
      })
      parts.onOutcome(outcomeOf(response.status))
      return response
    } catch (error) {
      parts.onOutcome('failed')
      throw new Unreachable(`${path}: ${axios.isAxiosError(error) ? (error.code ?? 'no answer') : 'no answer'}`, {
        cause: error,
      })
    }
  }
  const get = async <S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> =>
    parsed(await call(background, BACKGROUND_PATIENCE_MS, path), schema)

  return {
    async decide(request: AdmissionRequest, patience: number) {
      return parsed(await call(checks, patience, api.admit.path, request), AdmissionDecision)
    },
    async record(events: readonly unknown[]): Promise<readonly EventVerdict[]> {
      const response = await call(background, UPLOAD_PATIENCE_MS, api.recordEvents.path, { events })
      if (response.status === 400 || response.status === 413 || response.status === 422) {
        throw new BatchRefused(`${api.recordEvents.path}: ${response.status}`)
      }
      const { verdicts } = parsed(response, EventVerdicts)
      if (verdicts.length !== events.length) throw new Unreachable(`${api.recordEvents.path}: not one verdict an event`)
      return verdicts
    },
    deviceConfig: () => get(api.deviceConfig.path, DeviceConfig),
    keySet: () => get(api.keySet.path, KeySet),
    denyListManifest: () => get(api.denyListManifest.path, DenyListManifest),
    async denyListSnapshot(manifest: DenyListManifest) {
      const { data, status } = await call(background, UPLOAD_PATIENCE_MS, manifest.snapshot)
      if (status !== 200 || !Buffer.isBuffer(data)) throw new Unreachable(`${manifest.snapshot}: ${status}`)
      return new Uint8Array(data)
    },
  }
}

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
  if (!reply?.success)
    throw new Unreachable(`${response.config.url ?? ''}: status ${response.status} or an unknown answer`)
  return reply.data
}
