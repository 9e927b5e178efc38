import { assertNever } from '../../contract/assert-never.ts'
import net from 'node:net'

/**
 * The network between one kiosk and the server. `cut`: connections are refused. `stalled`: accepted, and nothing more.
 * `replies-lost`: requests arrive, and the server's answers do not. `slow`: every piece takes up to a third of a second.
 * `garbled`: bytes of answers are overwritten. `truncated`: answers end in the middle. `replaying`: the oldest signed
 * documents that passed here are given again instead of the newest.
 */
export type Weather = 'fair' | 'cut' | 'stalled' | 'replies-lost' | 'slow' | 'garbled' | 'truncated' | 'replaying'

export interface Proxy {
  readonly url: string
  become(weather: Weather): void
  close(): void
}

const REPLAYED = /^GET (\/v1\/(?:keys|config|deny-list\/manifest)) /

export async function startProxy(targetPort: number, random: () => number): Promise<Proxy> {
  let weather: Weather = 'fair'
  const open = new Set<net.Socket>()
  const oldest = new Map<string, Buffer>()
  const hold = (socket: net.Socket): net.Socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
    return socket
  }
  const reply = (client: net.Socket, bytes: Buffer): void => {
    switch (weather) {
      case 'fair':
      case 'replaying':
        client.write(bytes)
        return
      case 'slow':
        setTimeout(() => client.writable && client.write(bytes), random() * 330)
        return
      case 'garbled': {
        const spoilt = Buffer.from(bytes)
        for (let n = 0; n < 3; n++) spoilt[Math.floor(random() * spoilt.length)] = 0
        client.write(spoilt)
        return
      }
      case 'truncated':
        client.end(bytes.subarray(0, Math.floor(random() * bytes.length)))
        return
      case 'cut':
      case 'stalled':
      case 'replies-lost':
        return
      default:
        return assertNever(weather)
    }
  }
  const server = net.createServer((client) => {
    hold(client)
    if (weather === 'cut') return void client.destroy()
    let asked: string | undefined
    const upstream = hold(net.connect(targetPort, '127.0.0.1'))
    client.on('data', (bytes) => {
      asked = REPLAYED.exec(bytes.toString('latin1', 0, 100))?.[1]
      const old = asked === undefined ? undefined : oldest.get(asked)
      if (weather === 'replaying' && old) client.write(old)
      else if (weather !== 'stalled') upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (asked !== undefined && !oldest.has(asked) && bytes.includes('HTTP/1.1 200')) oldest.set(asked, bytes)
      reply(client, bytes)
    })
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => (weather === 'slow' ? setTimeout(() => client.destroy(), 350) : client.destroy()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    become(next) {
      weather = next
      // What was on its way when the weather turned is lost with its connection, once it turns again.
      if (next === 'cut' || next === 'fair') for (const socket of open) socket.destroy()
    },
    close() {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}
