/** An authority behind HTTP: what a kiosk asks of a server, in the least number of lines, and what it was told. */
import { createHash } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { SealedEvent, type EventEnvelope, type EventVerdict } from '../../../contract/kiosk/admission.ts'
import { Heartbeat, type EnrolReply } from '../../../contract/kiosk/devices.ts'
import { api, HEADERS } from '../../../contract/kiosk/api.ts'
import type { Problem } from '../../../contract/http/problem.ts'
import type { Authority } from './authority.ts'

const Batch = z.object({ queue: z.uuid(), events: z.array(SealedEvent) })

export interface TestHttpServer {
  readonly url: string
  readonly events: EventEnvelope[]
  /** every body that arrived, as text */
  readonly bodies: string[]
  /** how often each path was asked for */
  readonly asked: Map<string, number>
  /** answers of checks at the door: none at all, so that the kiosk decides */
  revoked: boolean
  /** why it gives no tokens */
  givesNoToken: Extract<Problem['code'], 'device-pending' | 'invalid-client'> | undefined
  /** seconds */
  tokenLives: number
  /** at enrolment */
  tellsRoot: boolean
  readonly heartbeats: Heartbeat[]
  /** Tells all open streams. */
  tell(): void
  close(): void
}

/** @param port that of one which is closed: a server made anew at the same address */
export async function testHttpServer(authority: Authority, port = 0): Promise<TestHttpServer> {
  const streams = new Set<http.ServerResponse>()
  let tokens = 0
  const versions = (): string => {
    const { epoch, version } = authority.manifest()
    return JSON.stringify({
      keys: authority.keySet().version,
      config: authority.config().version,
      denyList: { epoch, version },
    })
  }
  const document = async (make: () => Promise<string>): Promise<string> => JSON.stringify({ jws: await make() })
  const reply = async (path: string, body: string): Promise<string | Uint8Array | undefined> => {
    const { source } = authority
    const [, kind, epoch, from, to] = /^\/v1\/deny-list\/(snapshot|delta)\/(\d+)\/(\d+)(?:\/(\d+))?$/.exec(path) ?? []
    if (kind === 'snapshot') return source.denyListSnapshot(Number(epoch), Number(from))
    if (kind === 'delta') return source.denyListDelta(Number(epoch), Number(from), Number(to))
    switch (path) {
      case api.enrol.path:
        return JSON.stringify({
          device: 7,
          state: 'active',
          audience: `${server.url}${api.token.path}`,
          venue: 'Venue',
          accessPoint: 'In',
          ...(server.tellsRoot ? { root: authority.rootKey } : {}),
        } satisfies EnrolReply)
      case api.token.path:
        return JSON.stringify({
          access_token: `token-${++tokens}`,
          token_type: 'Bearer',
          expires_in: server.tokenLives,
        })
      case api.heartbeat.path:
        server.heartbeats.push(Heartbeat.parse(JSON.parse(body)))
        return JSON.stringify({ rotateKey: false, nextIn: 60 })
      case api.keySet.path:
        return document(source.keySet)
      case api.deviceConfig.path:
        return document(source.deviceConfig)
      case api.denyListManifest.path:
        return document(source.denyListManifest)
      case api.recordEvents.path: {
        const { events } = Batch.parse(JSON.parse(body))
        const verdicts: EventVerdict[] = []
        for (const { jwe } of events) {
          const opened = await authority.open(jwe).catch(() => undefined)
          if (opened) server.events.push(opened)
          verdicts.push(opened ? { verdict: 'stored' } : { verdict: 'rejected', code: 'unreadable', detail: 'jwe' })
        }
        return JSON.stringify({ verdicts })
      }
      default:
        return undefined
    }
  }
  const listener = http.createServer((request, response) => {
    const path = request.url ?? ''
    server.asked.set(path, (server.asked.get(path) ?? 0) + 1)
    let body = ''
    request.on('data', (bytes) => (body += String(bytes)))
    request.on('end', () => {
      server.bodies.push(body)
      const { epoch, version } = authority.manifest()
      response.setHeader(HEADERS.serverTime, String(Date.now()))
      response.setHeader(HEADERS.denyList, `${epoch}.${version}`)
      const code =
        server.revoked && path !== api.keySet.path
          ? 'device-revoked'
          : path === api.token.path
            ? server.givesNoToken
            : undefined
      if (code) {
        const status = code === 'invalid-client' ? 401 : 403
        response.writeHead(status, { 'content-type': 'application/problem+json' })
        response.end(JSON.stringify({ type: 'about:blank', title: 'Off', status, code }))
      } else if (path === api.stream.path) {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(`event: versions\ndata: ${versions()}\n\n`)
        streams.add(response)
      } else {
        void reply(path, body).then((answer) => {
          const isFile = answer instanceof Uint8Array
          const etag = answer === undefined ? '' : createHash('sha256').update(answer).digest('hex')
          response.writeHead(answer === undefined ? 503 : 200, {
            etag,
            'content-type': isFile ? 'application/octet-stream' : 'application/json',
          })
          response.end(answer)
        })
      }
    })
  })
  await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve))
  const server: TestHttpServer = {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    events: [],
    bodies: [],
    asked: new Map(),
    revoked: false,
    givesNoToken: undefined,
    tokenLives: 600,
    tellsRoot: true,
    heartbeats: [],
    tell() {
      for (const stream of streams) stream.write(`event: versions\ndata: ${versions()}\n\n`)
    },
    close() {
      listener.closeAllConnections()
      listener.close()
    },
  }
  return server
}
