/** The load where there is no wrk: keep-alive connections on plain sockets, one request at a time each. Prints as wrk.lua does. */
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { v7 } from 'uuid'
import { percentile } from '../report.ts'

const [
  url = '',
  connections = '64',
  seconds = '3',
  token = '',
  accessPoint = '1',
  file = '',
  presentedAt = '',
  first = '0',
] = process.argv.slice(2)
const passes = readFileSync(file, 'utf8').trimEnd().split('\n')
const { hostname, port } = new URL(url)
let at = Number(first)
let failed = 0
const latencies: number[] = []
const started = performance.now()
const until = started + Number(seconds) * 1000

function request(): string {
  at = (at + 1) % passes.length
  const body = `{"id":"${v7()}","accessPoint":${accessPoint},"presentedAt":"${presentedAt}","credential":"${passes[at] ?? ''}"}`
  const head = `POST /v1/admissions HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${token}\r\n`
  return `${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

function connection(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let sent = 0
    let answer = ''
    const ask = (): void => {
      sent = performance.now()
      socket.write(request())
    }
    socket.setNoDelay(true)
    socket.on('connect', ask)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      const end = answer.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1])
      if (end < 0 || answer.length < end + 4 + length) return
      if (!answer.startsWith('HTTP/1.1 200')) failed++
      answer = ''
      latencies.push((performance.now() - sent) * 1000)
      if (performance.now() < until) ask()
      else socket.end(resolve)
    })
  })
}

await Promise.all(Array.from({ length: Number(connections) }, connection))
const us = Math.round((performance.now() - started) * 1000)
const [p50, p99] = [50, 99].map((p) => Math.round(percentile(latencies, p)))
console.log(JSON.stringify({ requests: latencies.length, us, p50, p99, failed }))
