/** Every endpoint of both contracts, in a server process of its own with a PostgreSQL of its own. */
import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { z } from 'zod'
import { startServer, temporaryFolder } from '../../e2e/world.ts'
import { DeviceConfig } from '../../contract/kiosk/device-config.ts'
import { KeySet, SignedDocument } from '../../contract/kiosk/keys.ts'
import { ROLES } from '../../contract/office/role.ts'
import { Problem } from '../../contract/http/problem.ts'
import { readDocument } from '../../server/keys/signed-document.ts'
import { enrolDevice } from '../../server/testing/devices.ts'
import type { Finding } from './finding.ts'
import { hostileRequest, type HostileRequest, type Place } from './hostile-request.ts'
import { officeRequest, type Session } from './office-request.ts'
import { randomOfCase } from './random.ts'
import type { PartResult } from './run-text-part.ts'

/** At the same time; ms until a missing answer counts as none. */
const LANES = 8
const PATIENCE = 20_000
/** A token lasts ten minutes, ms. */
const RENEW_EVERY = 300_000

export async function fuzzEndpoints(seed: number, from: number, cases: number): Promise<PartResult> {
  const folder = temporaryFolder('fuzz')
  const server = await startServer(folder, 0, { DATABASE_URL: '', TRUSTED_PROXIES: '1' })
  const agent = new Agent({ keepAlive: true, maxSockets: LANES })
  const counts: Record<string, number> = {}
  const findings: Finding[] = []
  let renewing: NodeJS.Timeout | undefined
  try {
    const device = await enrolDevice(server.url, server.demo.enrolment)
    const place = await placeOf(
      server.url,
      await device.token(),
      server.demo.samples.map(({ text }) => text),
    )
    const sessions = await sessionsOf(server.url, server.dataFolder)
    renewing = setInterval(() => {
      void device.token().then((token) => (place.token = token))
    }, RENEW_EVERY)
    let next = from
    const lane = async (): Promise<void> => {
      while (next < from + cases) {
        const index = next++
        const random = randomOfCase(seed, index)
        const hostile = random.once(2) ? hostileRequest(random, place) : officeRequest(random, server.url, sessions)
        const answer = await send(server.url, hostile, agent)
        const line = `${hostile.how}: ${answer.status || 'no answer'}`
        counts[line] = (counts[line] ?? 0) + 1
        if (answer.problem === undefined) continue
        findings.push({
          kind: 'server_error',
          part: 'endpoints',
          index,
          how: `${hostile.how}: ${answer.problem}`,
          ...written(hostile),
        })
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
  } finally {
    clearInterval(renewing)
    agent.destroy()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { cases, counts, findings }
}

const Accounts = z.object({
  password: z.string(),
  accounts: z.array(z.object({ email: z.string(), role: z.enum(ROLES) })),
})

/** A session of everybody of the demonstration. */
async function sessionsOf(url: string, folder: string): Promise<Session[]> {
  const { password, accounts } = Accounts.parse(JSON.parse(readFileSync(join(folder, 'demo/accounts.json'), 'utf8')))
  const headers = { origin: url, 'content-type': 'application/json' }
  return Promise.all(
    accounts.map(async ({ email, role }) => {
      const body = JSON.stringify({ email, password })
      const reply = await fetch(`${url}/api/sign-in`, { method: 'POST', headers, body })
      const cookies = reply.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
      if (cookies.length === 0) throw new Error(`signing in is answered with ${reply.status}`)
      return { role, cookie: cookies.join('; ') }
    }),
  )
}

async function placeOf(url: string, token: string, passes: readonly string[]): Promise<Place> {
  const fetched = async <S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> => {
    const reply = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })
    return readDocument(SignedDocument.parse(await reply.json()).jws, schema)
  }
  const { accessPoint } = await fetched('/v1/config', DeviceConfig)
  const { serverKeys } = await fetched('/v1/keys', KeySet)
  const sealKey = serverKeys.findLast(({ use, revoked }) => use === 'seal' && !revoked)
  if (!sealKey) throw new Error('the key set has no seal key')
  return { token, passes, accessPoint: accessPoint.id, sealKey }
}

interface Answer {
  readonly status: number
  readonly problem?: string
}

function send(url: string, { method, path, headers, body }: HostileRequest, agent: Agent): Promise<Answer> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url)
    const length = { 'content-length': String(body?.length ?? 0) }
    const outgoing = request({
      hostname,
      port,
      path,
      method,
      agent,
      headers: { ...headers, ...length },
      timeout: PATIENCE,
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error(`nothing for ${PATIENCE} ms`)))
    outgoing.on('error', (error) => resolve({ status: 0, problem: error.message }))
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', (error) => resolve({ status: 0, problem: error.message }))
      const stream = incoming.headers['content-type'] === 'text/event-stream'
      if (stream) {
        // an answer without end: that it began is the answer
        resolve({ status: incoming.statusCode ?? 0 })
        outgoing.destroy()
        return
      }
      incoming.on('end', () => {
        const status = incoming.statusCode ?? 0
        const type = incoming.headers['content-type']
        const problem = problemIn(status, type, Buffer.concat(chunks).toString(), method)
        resolve(problem === undefined ? { status } : { status, problem })
      })
    })
    outgoing.end(body)
  })
}

/** 5xx, and a refusal that is no problem document of the contract. */
function problemIn(status: number, type: string | undefined, body: string, method: string): string | undefined {
  if (status >= 500) return `${status} ${body.slice(0, 200)}`
  // Node's own parser refuses oversized headers before anybody is asked.
  if (status < 400 || method === 'HEAD' || status === 431) return undefined
  if (!type?.startsWith('application/problem+json')) return `${status} as ${type ?? 'nothing'}`
  return Problem.safeParse(asJson(body)).success ? undefined : `${status} with ${body.slice(0, 200)}`
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function written({ method, path, headers, body }: HostileRequest): { hash: string; input: string } {
  const { authorization, cookie: _cookie, ...shown } = headers
  const head = `${method} ${path} ${JSON.stringify(shown)} (authorization of ${authorization?.length ?? 0} characters)`
  const bytes = Buffer.from(body ?? [])
  return { hash: createHash('sha256').update(bytes).digest('hex'), input: `${head}\n  ${bytes.toString('hex')}` }
}
