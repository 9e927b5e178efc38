/** Server-sent events to many: sockets handed over, one shared Buffer an event, nobody waits for the slow. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

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
  readonly socket: Socket
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
  const write = ({ socket }: Stream<Client>, bytes: Buffer): void => {
    socket.write(bytes)
    if (socket.writableLength > MOST_UNSENT) socket.destroy()
  }
  const timer = setInterval(() => {
    for (const stream of streams) write(stream, BEAT)
  }, HEARTBEAT)
  timer.unref()

  const tellAll = (some: Iterable<Stream<Client>>): void => {
    // one text and one Buffer for all who are told the same
    const buffers = new Map<string, { readonly data: string; readonly bytes: Buffer }>()
    for (const stream of some) {
      const data = dataFor(stream.client)
      if (data === undefined) {
        stream.socket.end()
        continue
      }
      if (data === stream.told) continue
      let shared = buffers.get(data)
      if (!shared) {
        shared = { data, bytes: Buffer.from(`event: ${event}\ndata: ${data}\n\n`) }
        buffers.set(data, shared)
      }
      stream.told = shared.data
      write(stream, shared.bytes)
    }
  }
  return {
    open: (request, response, client, headers) => {
      const { socket } = request
      socket.setKeepAlive(true, 30_000)
      socket.setNoDelay(true)
      // Its end is the connection's: without chunks around them the same bytes go to all, past all of node:http.
      response.useChunkedEncodingByDefault = false
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
        connection: 'close',
      })
      response.flushHeaders()
      // its answer is given: what node:http keeps for the rest of one is a sixth of a stream's memory
      response.detachSocket(socket)
      const stream: Stream<Client> = { socket, client, told: '' }
      const others = byClient.get(client.id) ?? []
      if (others.length >= STREAMS_EACH) others[0]?.socket.end()
      byClient.set(client.id, [...others, stream])
      streams.add(stream)
      socket.on('close', () => close(stream))
      tellAll([stream])
    },
    tell: () => tellAll(streams),
    get size() {
      return streams.size
    },
    stop: () => {
      clearInterval(timer)
      for (const { socket } of streams) socket.end()
    },
  }
}
