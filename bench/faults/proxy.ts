import net from 'node:net'

/**
 * The network between one kiosk and the server. `cut`: connections are refused. `stalled`: accepted, and nothing more.
 * `replies-lost`: requests arrive, and the server's answers do not.
 */
export type Weather = 'fair' | 'cut' | 'stalled' | 'replies-lost'

export interface Proxy {
  readonly url: string
  become(weather: Weather): void
  close(): void
}

export async function startProxy(targetPort: number): Promise<Proxy> {
  let weather: Weather = 'fair'
  const open = new Set<net.Socket>()
  const hold = (socket: net.Socket): net.Socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy())
    return socket
  }
  const server = net.createServer((client) => {
    hold(client)
    if (weather === 'cut') return void client.destroy()
    const upstream = hold(net.connect(targetPort, '127.0.0.1'))
    client.on('data', (bytes) => {
      if (weather !== 'stalled') upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (weather === 'fair') client.write(bytes)
    })
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
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
