/** The least a server can do on this machine: node:http reads the request to its end and answers the same JSON each time. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const body = '{"outcome":"granted"}'
const server = createServer((request, response) => {
  request.on('data', () => {})
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    response.end(body)
  })
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  const { port } = server.address() as AddressInfo
  console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${port}` }))
})
process.on('SIGTERM', () => process.exit())
