/** Many kiosks' streams in one process: bare sockets, so that the measuring costs little. */
import { connect } from 'node:net'
import { z } from 'zod'

const Task = z.object({ url: z.string(), tokens: z.array(z.string()) })
/** connections being opened at the same time */
const OPENING = 100

let waiting = 0
let times: string[] = []

function heard(count: number): void {
  times.push(String(process.hrtime.bigint()))
  if (times.length < count) return
  process.send?.({ kind: 'heard', at: times })
  times = []
}

function open(url: URL, token: string, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname)
    socket.setNoDelay(true)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the server closed a stream')))
    socket.write(`GET /v1/stream HTTP/1.1\r\nhost: ${url.host}\r\nauthorization: Bearer ${token}\r\n\r\n`)
    let first = true
    socket.on('data', (chunk: Buffer) => {
      if (!chunk.includes('event: versions')) return
      if (!first) heard(count)
      else {
        first = false
        resolve()
      }
    })
  })
}

process.on('message', (message) => {
  const { url, tokens } = Task.parse(message)
  const lane = async (): Promise<void> => {
    for (let at = waiting++; at < tokens.length; at = waiting++)
      await open(new URL(url), tokens[at] ?? '', tokens.length)
  }
  Promise.all(Array.from({ length: OPENING }, lane)).then(
    () => process.send?.({ kind: 'open' }),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit())
