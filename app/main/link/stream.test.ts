import http from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import type { Versions } from '../../../contract/kiosk/api.ts'
import { createStreamParser, StreamTooLong } from './sse-parser.ts'
import { createStream, type Stream, type StreamParts } from './stream.ts'
import { eventually } from '../testing/eventually.ts'

test('events come out whole, however the text is cut and whatever ends its lines', () => {
  const line = fc.string({ maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, ''))
  fc.assert(
    fc.property(
      fc.array(fc.record({ event: line, data: line }), { maxLength: 8 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat(400), { maxLength: 12 }),
      (events, end, cuts) => {
        const whole =
          `: hello${end}${end}` +
          events.map(({ event, data }) => `event: ${event}${end}data: ${data}${end}: x${end}${end}`).join('')
        // A last CR may be half of a CRLF: one more character tells.
        const text = `${whole}:`
        const parse = createStreamParser()
        const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)).toSorted((a, b) => a - b), text.length]
        const found = at.slice(1).flatMap((to, n) => parse(text.slice(at[n], to)))
        expect(found).toEqual(events.map(({ event, data }) => ({ event: event || 'message', data })))
      },
    ),
    { seed: 20261122, numRuns: 500 },
  )
})

test('a line that never ends is given up', () => {
  const parse = createStreamParser()
  expect(() => {
    for (let n = 0; n < 100; n++) parse('x'.repeat(1000))
  }).toThrow(StreamTooLong)
})

let close: (() => void) | undefined
afterEach(() => {
  close?.()
  close = undefined
  vi.useRealTimers()
})

const nothing = (): void => undefined

/** The stream of a kiosk that has a token for a server with this answer. */
async function streamOf(
  answer: http.RequestListener,
  { spent = nothing, ...parts }: Partial<StreamParts> & { readonly spent?: (token: string) => void },
): Promise<Stream> {
  const server = http.createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stream = createStream({
    access: { soon: async () => ({ server: url, token: 'token-of-the-device' }), spent },
    onVersions: nothing,
    onOpen: nothing,
    onCut: nothing,
    onRefused: nothing,
    random: () => 0,
    ...parts,
  })
  close = () => {
    stream.stop()
    server.closeAllConnections()
    server.close()
  }
  return stream
}

test('versions are told as they come; a cut is told at once, and the stream comes back', async () => {
  const open: http.ServerResponse[] = []
  const asked: http.IncomingMessage[] = []
  const told: Versions[] = []
  const states: string[] = []
  const stream = await streamOf(
    (request, reply) => {
      asked.push(request)
      reply.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n')
      open.push(reply)
    },
    {
      onVersions: (versions) => told.push(versions),
      onOpen: () => states.push('open'),
      onCut: () => states.push('cut'),
    },
  )
  stream.start()
  await eventually(() => expect(open).toHaveLength(1))
  expect(asked[0]?.headers.authorization).toBe('Bearer token-of-the-device')
  const versions = { keys: 1, config: 2, denyList: { epoch: 1, version: 7 } }
  open[0]?.write(`event: versions\ndata: ${JSON.stringify(versions)}\n\n`)
  await eventually(() => expect(told).toEqual([versions]))
  open[0]?.destroy()
  await eventually(() => expect(states).toEqual(['open', 'cut', 'open']))
  open[1]?.write('event: versions\ndata: {"keys":"many"}\n\n')
  await eventually(() => expect(states).toEqual(['open', 'cut', 'open', 'cut', 'open']))
  expect(told).toHaveLength(1)
})

test('a terminal that is let in late is not left to the long end of the back-off, and a token on its way is waited for', async () => {
  vi.useFakeTimers()
  let asked = 0
  let token: Promise<never> = Promise.reject(new Error('this terminal is not enrolled'))
  token.catch(nothing)
  const stream = createStream({
    access: { soon: () => (asked++, token), spent: nothing },
    onVersions: nothing,
    onOpen: nothing,
    onCut: nothing,
    onRefused: nothing,
    random: () => 1,
  })
  close = stream.stop
  stream.wake()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toBe(0) // not started
  stream.start()
  await vi.advanceTimersByTimeAsync(130_000)
  const before = asked
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toBe(before)
  token = new Promise(() => undefined)
  stream.wake()
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toBe(before + 1)
  // the grant of that token is what wakes it in life
  stream.wake()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(asked).toBe(before + 1)
})

test('a server that does not serve this device is told of, and asked again', async () => {
  const answers = [401, 403, 503, 403]
  const states: string[] = []
  const stream = await streamOf((_, reply) => reply.writeHead(answers.shift() ?? 500).end(), {
    spent: (token) => states.push(token),
    onOpen: () => states.push('open'),
    onCut: () => states.push('cut'),
    onRefused: () => {
      states.push('refused')
      if (answers.length === 0) stream.stop()
    },
  })
  stream.start()
  await eventually(() => expect(states).toEqual(['token-of-the-device', 'refused', 'refused']))
})

test('a stream that is let through and ended at once is asked for by growing pauses, though the link is well in between', async () => {
  let asked = 0
  let onCut = nothing
  const stream = await streamOf(
    (_, reply) => {
      asked++
      reply.writeHead(200, { 'content-type': 'text/event-stream' }).end()
    },
    { onCut: () => onCut(), random: () => 1 },
  )
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const cutAfter = async (ms: number): Promise<void> => {
    const cut = new Promise<void>((resolve) => (onCut = resolve))
    await vi.advanceTimersByTimeAsync(ms)
    await cut
  }
  stream.start()
  await cutAfter(250)
  for (const [at, pause] of [1000, 2000, 4000, 8000].entries()) {
    // as the link does when a call in between is answered
    stream.wake()
    await vi.advanceTimersByTimeAsync(pause - 1)
    expect(asked).toBe(at + 1)
    await cutAfter(1)
  }
})
