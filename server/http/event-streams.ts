/** Server-sent events to many: sockets handed over, one shared Buffer an event, nobody waits for the slow. */
import type { IncomingMessage, ServerResponse } from 'node:http'

/** A client that has not taken this many bytes is gone, or as good as. */
const MOST_UNSENT = 64 * 1024
/** ms: shorter than what proxies take for idle, and how a dead connection is found */
const HEARTBEAT = 25_000
/** of one client at the same time; the oldest gives way */
const STREAMS_EACH = 4
const BEAT = Buffer.from(': \n\n')

export interface EventStreams<Client> {
  /** Takes the answer over. `data`: JSON of the first event. */
  open(request: IncomingMessage, response: ServerResponse, client: Client, headers: Record<string, string>): void
  /** What each client should know now; only those who were told otherwise last time hear it. */
  tell(): void
  readonly size: number
  /** Ends all streams. */
  stop(): void
}

interface Stream<Client> {
  readonly response: ServerResponse
  readonly client: Client
  told: string
}

/**
 * @param event name of all events
 * @param dataFor JSON that a client should know now; `undefined`: it is not to be told anything any more
 */
export function eventStreams<Client extends { readonly id: number }>(
  event: string,
  dataFor: (client: Client) => string | undefined,
): EventStreams<Client> {
  const streams = new Set<Stream<Client>>()
  const byClient = new Map<number, Stream<Client>[]>()
  const close = (stream: Stream<Client>): void => {
    streams.delete(stream)
    const left = byClient.get(stream.client.id)?.filter((one) => one !== stream) ?? []
    if (left.length > 0) byClient.set(stream.client.id, left)
    else byClient.delete(stream.client.id)
  }
  const write = ({ response }: Stream<Client>, bytes: Buffer): void => {
    response.write(bytes)
    if (response.writableLength > MOST_UNSENT) response.destroy()
  }
  const timer = setInterval(() => {
    for (const stream of streams) write(stream, BEAT)
  }, HEARTBEAT)
  timer.unref()

  const tellAll = (some: Iterable<Stream<Client>>): void => {
    const buffers = new Map<string, Buffer>()
    for (const stream of some) {
      const data = dataFor(stream.client)
      if (data === undefined) {
        stream.response.end()
        continue
      }
      if (data === stream.told) continue
      let bytes = buffers.get(data)
      if (!bytes) buffers.set(data, (bytes = Buffer.from(`event: ${event}\ndata: ${data}\n\n`)))
      stream.told = data
      write(stream, bytes)
    }
  }
  return {
    open: (request, response, client, headers) => {
      request.socket.setKeepAlive(true, 30_000)
      request.socket.setNoDelay(true)
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      })
      const stream: Stream<Client> = { response, client, told: '' }
      const others = byClient.get(client.id) ?? []
      if (others.length >= STREAMS_EACH) others[0]?.response.end()
      byClient.set(client.id, [...others, stream])
      streams.add(stream)
      response.on('close', () => close(stream))
      tellAll([stream])
    },
    tell: () => tellAll(streams),
    get size() {
      return streams.size
    },
    stop: () => {
      clearInterval(timer)
      for (const { response } of streams) response.end()
    },
  }
}
