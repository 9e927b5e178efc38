import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localPostgres, type LocalPostgres } from './local-postgres.ts'

let folder: string
let database: LocalPostgres | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dopusk-pg-'))
})
afterEach(async () => {
  await database?.stop()
  database = undefined
  rmSync(folder, { recursive: true, force: true })
})

const start = async (): Promise<LocalPostgres> => (database = await localPostgres(folder))

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows.flatMap((row) => Object.values(row))
  } finally {
    await client.end()
  }
}

const pidFile = (): string => join(folder, 'pg', 'postmaster.pid')
const postmaster = (): number => Number(readFileSync(pidFile(), 'utf8').split('\n')[0])

describe('a private PostgreSQL', () => {
  test('starts in an empty folder, durable and closed to the network', async () => {
    const { url, adopted } = await start()
    expect(adopted).toBe(false)
    expect(new URL(url).hostname).toBe('127.0.0.1')
    const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'unix_socket_directories']
    const shown = await query(
      url,
      `select setting from pg_settings where name in ('${names.join("','")}') order by name`,
    )
    expect(shown).toEqual(['on', 'on', '127.0.0.1', 'on', ''])
    expect(statSync(join(folder, 'pg-password')).mode & 0o777).toBe(0o600)
    await expect(query(url.replace(/app:[^@]*/, 'app:wrong'), 'select 1')).rejects.toThrow(/password/)
  })

  test('is adopted when it was left running', async () => {
    const first = await start()
    await query(first.url, 'create table kept (n int)')
    const second = await start()
    expect(second).toMatchObject({ adopted: true, url: first.url })
    expect(await query(second.url, 'select count(*)::int from kept')).toEqual([0])
  })

  test('started twice at once is made once and shared', async () => {
    const both = await Promise.all([start(), start()])
    expect(both.map(({ adopted }) => adopted).sort()).toEqual([false, true])
    expect(both[0].url).toBe(both[1].url)
  })

  test('loses no acknowledged row when all of it is killed, and starts again', async () => {
    const { url } = await start()
    await query(url, 'create table visits (n int primary key)')
    const acknowledged: number[] = []
    const client = new pg.Client(url)
    client.on('error', () => undefined)
    await client.connect()
    const writing = (async () => {
      for (let n = 0; ; n++) {
        await client.query('insert into visits values ($1)', [n])
        acknowledged.push(n)
        if (n === 200) process.kill(postmaster(), 'SIGKILL')
      }
    })()
    await expect(writing).rejects.toThrow()
    const again = await start()
    expect(again.adopted).toBe(false)
    const stored = new Set(await query(again.url, 'select n from visits'))
    expect(acknowledged.length).toBeGreaterThan(200)
    expect(acknowledged.filter((n) => !stored.has(n))).toEqual([])
  })

  test('starts after a half-made cluster and does not take it for a whole one', async () => {
    mkdirSync(join(folder, 'pg.new'), { recursive: true })
    writeFileSync(join(folder, 'pg.new', 'PG_VERSION'), '18\n')
    writeFileSync(join(folder, 'pg-password'), 'of the half-made one')
    const { url } = await start()
    expect(await query(url, 'select 1')).toEqual([1])
    expect(existsSync(join(folder, 'pg.new'))).toBe(false)
  })

  test('starts although its process id has become another program’s', async () => {
    const { stop } = await start()
    const left = readFileSync(pidFile(), 'utf8')
    await stop()
    writeFileSync(pidFile(), left.replace(/^\d+/, String(process.pid)))
    expect((await start()).adopted).toBe(false)
  })

  test('says what is missing when the password is', async () => {
    const { stop } = await start()
    await stop()
    database = undefined
    rmSync(join(folder, 'pg-password'))
    await expect(start()).rejects.toThrow(/pg-password is missing/)
  })
})
