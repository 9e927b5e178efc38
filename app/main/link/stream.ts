/**
 * The server's stream of versions (`GET /v1/stream`): what is newer is asked for at once, and a stream that is cut says
 * first of all that the link is down. Over node's own http with forty lines of parser: the eventsource package brings a
 * reconnection of its own, without jitter, and 20,000 kiosks are cut at the same moment.
 */
import http from 'node:http'
import https from 'node:https'
import { api, Versions } from '../../../contract/kiosk/api.ts'
import type { Access, Pass } from '../device/access.ts'
import { createStreamParser } from './sse-parser.ts'

export interface StreamParts {
  readonly access: Pick<Access, 'soon' | 'spent'>
  readonly onVersions: (versions: Versions) => void
  readonly onOpen: () => void
  /** an open stream ended or fell silent */
  readonly onCut: () => void
  /** The server knows this device and does not serve it. */
  readonly onRefused: () => void
  readonly random?: () => number
}

export interface Stream {
  start(): void
  /** The link is back, or this terminal was let in: no need to wait for the long end of the back-off. */
  wake(): void
  /** Another server is to be heard from now on: what is open is cut, and begun again. */
  again(): void
  stop(): void
}

const CONNECT_PATIENCE_MS = 10_000
/** The server says something, be it a comment, every 25 s. */
const SILENCE_MS = 60_000
/** A stream that stood so long was a good one: the pauses begin anew. One that is ended sooner would be again. */
const LASTING_MS = 30_000
const FIRST_DELAY_MS = 1000
const LONGEST_DELAY_MS = 60_000

/** One of these at a time, so that there is never a second stream beside the first. */
type Line =
  | { readonly kind: 'waiting'; readonly timer: NodeJS.Timeout | undefined }
  | { readonly kind: 'asks-for-token' }
  | { readonly kind: 'connected'; readonly request: http.ClientRequest }
  | { readonly kind: 'stopped' }

export function createStream(parts: StreamParts): Stream {
  const random = parts.random ?? Math.random
  let line: Line = { kind: 'waiting', timer: undefined }
  let attempts = 0
  /** The server, or what stands before it, answered and sent us away: asking sooner than by the pauses is no better. */
  let sentAway = false

  const isStopped = (): boolean => line.kind === 'stopped'
  /** Full jitter. */
  const connectLater = (longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts++)): void => {
    if (isStopped()) return
    if (line.kind === 'waiting') clearTimeout(line.timer)
    line = { kind: 'waiting', timer: setTimeout(connect, random() * longest) }
  }

  const connect = (): void => {
    line = { kind: 'asks-for-token' }
    parts.access.soon().then(
      (pass) => {
        if (!isStopped()) connectAs(pass)
      },
      () => {
        sentAway = false
        connectLater()
      },
    )
  }
  const connectAs = ({ server, token }: Pass): void => {
    const url = new URL(server + api.stream.path)
    const { request } = url.protocol === 'https:' ? https : http
    let openSince: number | undefined
    let answered = false
    let ended = false
    const end = (): void => {
      if (ended) return
      ended = true
      asked.destroy()
      const lasted = openSince !== undefined && performance.now() - openSince >= LASTING_MS
      if (lasted) attempts = 0
      sentAway = answered && !lasted
      connectLater()
      if (openSince !== undefined && !isStopped()) parts.onCut()
    }
    const asked = request(url, {
      agent: false,
      // as an option it holds while there is no connection yet, too
      timeout: CONNECT_PATIENCE_MS,
      headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
    })
    line = { kind: 'connected', request: asked }
    asked.on('timeout', end)
    asked.on('error', end)
    asked.on('close', end)
    asked.on('response', (reply) => {
      answered = true
      if (reply.statusCode !== 200) {
        if (reply.statusCode === 401) parts.access.spent(token)
        end()
        if (reply.statusCode === 403 && !isStopped()) parts.onRefused()
        return
      }
      openSince = performance.now()
      asked.setTimeout(SILENCE_MS)
      parts.onOpen()
      const parse = createStreamParser()
      reply.setEncoding('utf8')
      reply.on('error', end)
      reply.on('end', end)
      reply.on('data', (text: string) => {
        try {
          for (const { event, data } of parse(text)) {
            if (event === 'versions') parts.onVersions(Versions.parse(JSON.parse(data)))
          }
        } catch {
          // What cannot be read is no stream of ours: begin again.
          end()
        }
      })
    })
    asked.end()
  }

  return {
    start: () => connectLater(FIRST_DELAY_MS / 4),
    wake() {
      if (line.kind === 'waiting' && line.timer && !sentAway) connectLater(FIRST_DELAY_MS)
    },
    again() {
      if (line.kind === 'connected') line.request.destroy()
    },
    stop() {
      const before = line
      line = { kind: 'stopped' }
      if (before.kind === 'waiting') clearTimeout(before.timer)
      if (before.kind === 'connected') before.request.destroy()
    },
  }
}
