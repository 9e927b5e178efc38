import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { testServer, until } from '../testing/test-server.ts'
import { keepLocalPostgres } from '../postgres/keep-local-postgres.ts'
import { localPostgres } from '../postgres/local-postgres.ts'

let folder: string | undefined
afterEach(() => {
  if (folder) rmSync(folder, { recursive: true, force: true })
})

test('PostgreSQL killed under load: no acknowledged visit is missing, and the server goes on by itself', async () => {
  folder = mkdtempSync(join(tmpdir(), 'dopusk-killed-'))
  const postgres = await localPostgres(folder)
  const guard = keepLocalPostgres(folder, pino({ level: 'silent' }))
  const server = await testServer(postgres.url)
  const passes = Array.from({ length: 20 }, () => server.pass())
  const acknowledged: string[] = []
  let going = true
  const scan = async (worker: number): Promise<void> => {
    while (going) {
      const request = server.request(passes[worker % passes.length] ?? '')
      const { status, headers } = await server.admit(request)
      if (status === 200) acknowledged.push(request.id)
      else {
        expect(status).toBe(503)
        expect(Number(headers['retry-after'])).toBeGreaterThan(0)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    }
  }
  const scanning = Array.from({ length: 32 }, (_, worker) => scan(worker))
  for (let round = 1; round <= 2; round++) {
    const before = acknowledged.length
    await until(() => acknowledged.length > before + 300)
    killAll(join(folder, 'pg'))
    await until(async () => (await server.ask('GET', '/readyz')).status === 503)
    expect((await server.ask('GET', '/healthz')).status).toBe(200)
    await until(async () => (await server.ask('GET', '/readyz')).status === 200)
  }
  const before = acknowledged.length
  await until(() => acknowledged.length > before + 100)
  going = false
  await Promise.all(scanning)
  const { rows } = await server.db.pool.query<{ id: string }>('select id from visits')
  const stored = new Set(rows.map(({ id }) => id))
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
  await server.stop()
  await guard.stop()
}, 60_000)

/** The postmaster and all its processes at once, as a power cut would. */
function killAll(data: string): void {
  const postmaster = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], { encoding: 'utf8' })
  for (const pid of [postmaster, ...children.trim().split(/\s+/).map(Number)]) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // gone already: its parent was the first to go
    }
  }
}
