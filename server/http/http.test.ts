import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { api, HEADERS } from '../../contract/kiosk/api.ts'
import type { Route } from '../../contract/http/route.ts'
import { Problem } from '../../contract/http/problem.ts'
import { freshDatabase } from '../testing/database.ts'
import type { Answer } from '../testing/ask.ts'
import { testServer, until, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await testServer(await freshDatabase(inject('postgresUrl')))
})
afterAll(() => server.stop())

const routes = Object.entries(api) as [keyof typeof api, Route][]
const pathOf = (route: Route): string => route.path.replaceAll(/:\w+/g, '1')

function expectProblem(answer: Answer, status: number, code: Problem['code']): Problem {
  expect(answer.headers['content-type']).toBe('application/problem+json')
  const problem = Problem.parse(answer.body)
  expect({ status: answer.status, code: problem.code, told: problem.status }).toEqual({ status, code, told: status })
  return problem
}

describe('who asks', () => {
  const asked = routes.filter(([, route]) => route.auth === 'device')
  test.each(asked)('%s wants a device', async (_name, route) => {
    const method = route.method.toUpperCase()
    for (const authorization of [
      undefined,
      'Bearer',
      'Bearer ' + 'x'.repeat(43),
      'Basic eDp4',
      `Bearer ${'é'.repeat(20)}`,
    ]) {
      const headers =
        authorization === undefined ? {} : { authorization: Buffer.from(authorization).toString('latin1') }
      const answer = await server.ask(method, pathOf(route), { headers, ...(route.body && { body: '{}' }) })
      expectProblem(answer, 401, 'unauthenticated')
      expect(answer.headers['www-authenticate']).toBe('Bearer')
    }
  })

  test('a device that was struck off is told so', async () => {
    const door = await server.addDoor()
    await server.db.sql.updateTable('devices').set({ revoked_at: new Date() }).where('id', '=', door.deviceId).execute()
    await until(async () => (await server.ask('GET', '/v1/config', door)).status !== 200)
    expectProblem(await server.ask('GET', '/v1/config', door), 403, 'device-revoked')
  })
})

describe('what is sent', () => {
  const posts = routes.filter(([, route]) => route.body)
  const ask = (route: Route, body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> =>
    server.ask('POST', route.path, { token: server.door.token, body, headers })

  test.each(posts)('%s refuses what is no JSON', async (_name, route) => {
    const planted = server.pass()
    for (const body of ['', '{', `{"credential": ${planted}`, 'null x', '[1,]', Buffer.from([0x22, 0xff, 0x22])]) {
      expectProblem(await ask(route, body), 400, 'malformed-json')
    }
  })

  test.each(posts)('%s refuses other shapes, naming the field', async (_name, route) => {
    for (const body of ['null', '[]', '"text"', '7', '{"__proto__": {"x": 1}}', '['.repeat(2000) + ']'.repeat(2000)]) {
      const { errors } = expectProblem(await ask(route, body), 400, 'invalid-request')
      expect(errors).not.toHaveLength(0)
    }
    const { errors = [] } = expectProblem(await ask(route, '{"surprise": 1}'), 400, 'invalid-request')
    expect(errors.map(({ field }) => field)).toContain('surprise')
  })

  test.each(posts)('%s refuses other types than JSON', async (_name, route) => {
    for (const type of [
      'text/plain',
      'application/json; charset=utf-16',
      'multipart/form-data',
      'application/jsonp',
      '',
    ]) {
      expectProblem(await ask(route, '{}', { 'content-type': type }), 415, 'unsupported-media-type')
    }
    expectProblem(await ask(route, '{}', { 'content-encoding': 'gzip' }), 415, 'unsupported-media-type')
  })

  test.each(posts)('%s stops reading a body that is too large', async (_name, route) => {
    const limit = route.bodyLimit ?? 0
    const body = JSON.stringify({ credential: 'x'.repeat(limit) })
    expectProblem(await ask(route, body), 413, 'body-too-large')
    // of unknown length
    expectProblem(await ask(route, body, { 'transfer-encoding': 'chunked' }), 413, 'body-too-large')
  })

  test('each field of an admission is named', async () => {
    const good = server.request(server.pass())
    const wrong = { id: 'x', accessPoint: '1', credential: 7, presentedAt: '2026-11-22' }
    for (const [field, value] of Object.entries(wrong)) {
      const { errors } = expectProblem(await server.admit({ ...good, [field]: value }), 400, 'invalid-request')
      expect(errors?.map((error) => error.field)).toEqual([field])
      const { [field]: _left, ...rest } = good as Record<string, unknown>
      expect(expectProblem(await server.admit(rest), 400, 'invalid-request').errors?.[0]?.field).toBe(field)
    }
  })
})

describe('where it is sent', () => {
  test('unknown paths', async () => {
    for (const path of [
      '/nope',
      '/v1',
      '/v1/admissions/',
      '/%ZZ',
      '/docs/../package.json',
      '/docs/package.json',
      '//',
    ]) {
      expectProblem(await server.ask('GET', path), 404, 'not-found')
    }
  })

  test.each(routes)('%s with another method', async (_name, route) => {
    for (const method of ['PUT', 'DELETE', 'PROPFIND', route.method === 'get' ? 'POST' : 'GET']) {
      const answer = await server.ask(method, pathOf(route))
      expectProblem(answer, 405, 'method-not-allowed')
      expect(answer.headers['allow']).toContain(route.method.toUpperCase())
    }
  })

  test('parameters that are no numbers', async () => {
    for (const path of ['a/1', '1/b', '-1/2', '1/1.5', '1/99999999999999999999']) {
      const answer = await server.ask('GET', `/v1/deny-list/snapshot/${path}`, server.door)
      expect([400, 404]).toContain(answer.status)
    }
  })
})

describe('every reply', () => {
  test('says what time it is here and which list is newest', async () => {
    const before = Date.now()
    const answers = [
      await server.admit(server.request(server.pass())),
      await server.admit({}),
      await server.ask('GET', '/v1/config', server.door),
      await server.ask('GET', '/v1/config'),
      await server.ask('GET', '/nope'),
      await server.ask('PUT', '/healthz'),
    ]
    for (const { headers } of answers) {
      expect(Number(headers[HEADERS.serverTime])).toBeGreaterThanOrEqual(before)
      expect(Number(headers[HEADERS.serverTime])).toBeLessThanOrEqual(Date.now())
      expect(headers[HEADERS.denyList]).toMatch(/^1\.\d+$/)
    }
  })
})

describe('what everyone may read', () => {
  test('an OpenAPI document of every route', async () => {
    const answer = await server.ask('GET', '/openapi.json')
    const Document = z.object({
      openapi: z.literal('3.1.0'),
      paths: z.record(z.string(), z.record(z.string(), z.unknown())),
    })
    const { paths } = Document.parse(answer.body)
    for (const [, { path, method }] of routes) expect(paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method]).toBeDefined()
  })

  test('a documentation page from this server alone', async () => {
    const page = await server.ask('GET', '/docs')
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).toContain("default-src 'self'")
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '')
    expect(parts).toHaveLength(3)
    for (const path of parts) {
      expect(path).toMatch(/^\/docs\//)
      expect((await server.ask('GET', path)).status).toBe(200)
    }
  })

  test('health and metrics', async () => {
    expect((await server.ask('GET', '/healthz')).status).toBe(200)
    expect((await server.ask('GET', '/readyz')).status).toBe(200)
    await server.admit(server.request(server.pass()))
    const { text } = await server.ask('GET', '/metrics')
    expect(text).toMatch(/dopusk_admissions_total\{outcome="granted"\} [1-9]/)
    expect(text).toMatch(/dopusk_request_seconds_count\{route="admit",status="200"\} [1-9]/)
    expect(text).toMatch(/dopusk_commit_rows_count\{kind="admission"\} [1-9]/)
  })
})
