/** The server as it is run for the first time: the one link of the first Operator, and the check of the log beside it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, afterAll, expect, inject, test } from 'vitest'
import { freshDatabase } from './testing/database.ts'
import { until } from './testing/test-server.ts'

const root = join(import.meta.dirname, '..')
const started: ChildProcess[] = []
let data: string
let databaseUrl: string
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'dopusk-first-start-'))
  databaseUrl = await freshDatabase(inject('postgresUrl'))
})
afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')))
afterAll(() => rmSync(data, { recursive: true, force: true }))

function run(file: string, args: readonly string[] = []) {
  const environment = {
    DATABASE_URL: databaseUrl,
    DOPUSK_DATA: data,
    PORT: '',
    HOST: '',
    DOPUSK_DEMO: '',
    LOG_LEVEL: '',
  }
  const child = spawn(process.execPath, [join(root, file), ...args], {
    env: { ...process.env, ...environment },
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let log = ''
  let told = ''
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, ended, log: () => log, told: () => told }
}
const LINK = /^(http:\/\/127\.0\.0\.1:\d+)\/office\/first-operator#([\w-]{43})$/m

async function firstStart() {
  const server = run('server/main.ts')
  await until(() => server.log().includes('"listening"') && server.told().includes('first-operator'))
  const [, url = '', token = ''] = LINK.exec(server.told()) ?? []
  expect(server.log()).not.toContain(token)
  return {
    url,
    token,
    stop: async () => {
      server.child.kill('SIGTERM')
      expect(await server.ended).toBe(0)
    },
  }
}

test('a link for the first Operator is printed at each start until there is one, and is in no log', async () => {
  const first = await firstStart()
  await first.stop()
  const second = await firstStart()
  const become = (token: string): Promise<Response> =>
    fetch(`${second.url}/api/first-operator`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: second.url },
      body: JSON.stringify({ token, email: 'first@example.org', name: 'Первый', password: 'первый пароль' }),
    })
  expect((await become(first.token)).status).toBe(404)
  expect((await become(second.token)).status).toBe(200)
  await second.stop()

  const third = run('server/main.ts')
  await until(() => third.log().includes('"listening"'))
  third.child.kill('SIGTERM')
  expect(await third.ended).toBe(0)
  expect(third.told()).toBe('')

  const good = run('server/operator/verify-audit.ts')
  expect(await good.ended).toBe(0)
  const head = /^\d+:[0-9a-f]{64}$/m.exec(good.log())?.[0] ?? ''
  expect(head).toMatch(/^1:/)
  const again = run('server/operator/verify-audit.ts', [head])
  expect(await again.ended).toBe(0)
  const other = run('server/operator/verify-audit.ts', [head.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))])
  expect(await other.ended).toBe(1)
  expect(other.log()).toContain('row 1 is not as it was written')
})
